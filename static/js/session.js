// The session ran out while somebody was writing: the login comes to the page, and the page stays as it is.
// Answers session:expired; says session:renewed when the same person is back. Somebody else gets a fresh page: the
// text of the first person stays on the device, for them alone.
let dialog = null;

function build() {
  const made = document.createElement("dialog");
  made.className = "dialog";
  made.dataset.stays = "";
  made.setAttribute("aria-labelledby", "session-title");
  made.innerHTML =
    '<h2 id="session-title">Please log in again</h2>' +
    "<p>You were logged out after a while. What you wrote is still here and will be saved as soon as you are back.</p>" +
    '<div data-place></div><p class="error" role="alert" data-error></p>';
  made.addEventListener("submit", send);
  made.addEventListener("close", () => remind());
  document.body.append(made);
  return made;
}

function loginUrl() {
  return document.querySelector("meta[name=login-url]").content;
}

// A part that asks again by itself only leaves the reminder: a dialog out of nowhere would interrupt.
async function open(event) {
  if (dialog?.open) return;
  dialog ||= build();
  if (event?.detail?.quiet) return remind();
  document.getElementById("session-reminder")?.remove();
  dialog.querySelector("[data-error]").textContent = "";
  try {
    const response = await fetch(`${loginUrl()}?bare=1`, { credentials: "same-origin" });
    if (!response.ok) throw new Error(String(response.status));
    dialog.querySelector("[data-place]").innerHTML = await response.text();
  } catch {
    return remind();
  }
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("[data-place] input:not([type=hidden])")?.focus();
}

async function send(event) {
  event.preventDefault();
  const form = event.target;
  const say = dialog.querySelector("[data-error]");
  say.textContent = "";
  try {
    const response = await fetch(new URL(form.getAttribute("action") || loginUrl(), location.href), {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      credentials: "same-origin",
    });
    await hear(response);
  } catch {
    say.textContent = "There is no connection. Please try again in a moment.";
  } finally {
    delete form.dataset.sending;
  }
}

async function hear(response) {
  if (response.headers.get("Content-Type")?.includes("json")) {
    const answer = await response.json();
    if (response.ok) return welcome(answer);
    dialog.querySelector("[data-error]").textContent = answer.message || "That did not work. Please check e-mail and password.";
    return;
  }
  if (response.status !== 422) {
    dialog.querySelector("[data-error]").textContent = "That did not work. Please wait a few minutes, then try again.";
    return;
  }
  dialog.querySelector("[data-place]").innerHTML = await response.text();
  dialog.querySelector("[data-place] input:not([type=hidden])")?.focus();
}

function welcome(answer) {
  if (String(answer.user ?? "") !== document.documentElement.dataset.user) return location.reload();
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = answer.csrf_token;
  dialog.dataset.done = "true";
  dialog.close();
  delete dialog.dataset.done;
  document.dispatchEvent(new CustomEvent("session:renewed"));
}

// Closed without logging in: a quiet notice leads back to it.
function remind() {
  if (dialog.dataset.done || document.getElementById("session-reminder")) return;
  const notice = document.createElement("div");
  notice.id = "session-reminder";
  notice.className = "notice is-waiting";
  notice.setAttribute("role", "status");
  notice.innerHTML = "<p>You are logged out. What you write is kept on this device until you log in again.</p>";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn quiet small";
  button.textContent = "Log in";
  button.addEventListener("click", open);
  notice.append(button);
  document.getElementById("notices").prepend(notice);
}

document.addEventListener("session:expired", open);
