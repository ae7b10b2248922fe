// A form with data-draft keeps what is typed on this device until the server has it: a closed laptop, an expired session
// or a lost connection cost no word. The page that comes after the sending shows the sent thing with its client id
// (data-client-id); only then the copy is dropped. The same client id is sent again after a failure, so that one thing
// sent twice is one thing.
const user = document.documentElement.dataset.user || "";
const PAUSE = 300;
const MORE = "textarea[name]:not([name=text]), [type=radio]:checked"; // what belongs to the text and is kept with it

// Several things can be written to one address: data-draft="…" tells them apart.
const keyOf = (form) => {
  const what = form.dataset.draft ? `#${form.dataset.draft}` : "";
  return `draft:${user}:${new URL(form.action, location.href).pathname}${what}`;
};

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, copy) {
  try {
    if (copy) localStorage.setItem(key, JSON.stringify(copy));
    else localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}

function keep(form) {
  const text = form.elements.text.value;
  const ticks = [...form.querySelectorAll("[type=checkbox]:checked")].map((box) => box.value);
  const id = form.elements.client_id.value;
  const question = form.elements.question?.value;
  const quoted = form.elements.quoted?.value;
  const more = Object.fromEntries([...form.querySelectorAll(MORE)].map((field) => [field.name, field.value]));
  const kept = write(keyOf(form), text.trim() ? { text, ticks, id, question, quoted, more, at: Date.now() } : null);
  const place = form.querySelector("[data-draft-state]");
  if (place) place.textContent = text.trim() && kept ? "Kept on this device until you send it." : "";
}

function restore(form) {
  const copy = read(keyOf(form));
  if (!copy?.text) return;
  if (form.elements.text.value.trim() && form.elements.text.value !== copy.text) return;
  form.elements.text.value = copy.text;
  form.elements.client_id.value = copy.id;
  if (copy.question !== undefined && form.elements.question) form.elements.question.value = copy.question;
  if (copy.quoted !== undefined && form.elements.quoted) form.elements.quoted.value = copy.quoted;
  for (const field of form.querySelectorAll("textarea[name]:not([name=text])")) {
    if (copy.more?.[field.name]) field.value = copy.more[field.name];
  }
  for (const radio of form.querySelectorAll("[type=radio]")) {
    if (copy.more?.[radio.name]) radio.checked = radio.value === copy.more[radio.name];
  }
  for (const box of form.querySelectorAll("[type=checkbox]")) box.checked = copy.ticks.includes(box.value);
  form.closest("details")?.setAttribute("open", "");
  const place = form.querySelector("[data-draft-state]");
  if (place) place.textContent = "This was kept on this device. It has not been sent yet.";
}

// What the page shows was sent: its copy is done with, on whatever page it was written.
function dropSent() {
  const shown = new Set([...document.querySelectorAll("[data-client-id]")].map((node) => node.dataset.clientId));
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(`draft:${user}:`) && shown.has(read(key)?.id)) write(key, null);
    }
  } catch {
    // A device that keeps nothing has nothing to drop.
  }
}

function start(root) {
  for (const form of user ? root.querySelectorAll("form[data-draft]") : []) watch(form);
}

function watch(form) {
  if (form.dataset.watched) return;
  form.dataset.watched = "yes";
  let timer;
  restore(form);
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => keep(form), PAUSE);
  });
  form.addEventListener("change", () => keep(form));
  addEventListener("pagehide", () => keep(form));
}

dropSent();
start(document);
document.addEventListener("htmx:load", (event) => start(event.detail.elt.parentElement ?? document));

// A mail leads to the comments of one question: they are shut, and a place inside is not found by the browser.
function openTarget() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLDetailsElement) target.open = true;
}

addEventListener("hashchange", openTarget);
openTarget();
