// The preview beside the editor follows what is typed: a moment after the last key the texts of the page go to the server,
// which reads them with its own reader and answers the section as the report will show it. Nothing is stored by it, and
// nothing waits for it. Without a connection the preview says that it is not fresh, and catches up later.
//
//   <section data-preview="address"> [data-preview-shown] [data-preview-state]
//   #section-form: the text of the section   form[data-piece="finding:12"]: the words for one piece
const PAUSE = 200; // ms after a key
const LONGEST = 1000; // ms: somebody who does not stop typing sees it too
const RETRY = 5000;

const panel = document.querySelector("[data-preview]");
const shown = panel?.querySelector("[data-preview-shown]");
const state = panel?.querySelector("[data-preview-state]");
let timer = 0;
let waitsSince = 0; // since when something new waits
let isBusy = false;
let last = ""; // what the preview shows
let isShown = false; // `last` counts

const isOurs = (form) => form?.matches?.("#section-form, form[data-piece]");

function csrfToken() {
  return document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/)?.[1] || document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
}

function typed() {
  const texts = new URLSearchParams();
  const text = document.querySelector("#section-form")?.elements.text;
  if (text) texts.set("text", text.value);
  for (const form of document.querySelectorAll("form[data-piece]")) {
    texts.append("piece", form.dataset.piece);
    texts.append("words", form.elements.text.value);
  }
  return texts.toString();
}

function say(words, isOld = false) {
  panel.classList.toggle("is-old", isOld);
  if (state.textContent !== words) state.textContent = words;
}

function show(html) {
  const { scrollTop, scrollLeft } = shown;
  shown.innerHTML = html;
  shown.scrollTo({ top: scrollTop, left: scrollLeft, behavior: "instant" });
  shown.dispatchEvent(new CustomEvent("preview:shown", { bubbles: true }));
}

function later(why) {
  say(` – not fresh: ${why}`, true);
  clearTimeout(timer);
  timer = setTimeout(draw, RETRY);
}

async function draw() {
  clearTimeout(timer);
  if (isBusy) return;
  const body = typed();
  waitsSince = 0;
  if (isShown && body === last) return say("");
  isBusy = true;
  try {
    const response = await fetch(panel.dataset.preview, {
      method: "POST",
      body,
      headers: { "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8", "X-CSRFToken": csrfToken() },
      credentials: "same-origin",
      redirect: "manual",
    });
    if (!response.ok) return later(response.status < 500 && response.type !== "opaqueredirect" ? "load the page again" : "it is tried again");
    show(await response.text());
    last = body;
    isShown = true;
    say("");
  } catch {
    return later("no connection");
  } finally {
    isBusy = false;
  }
  if (typed() !== last) soon();
}

function soon() {
  waitsSince ||= Date.now();
  clearTimeout(timer);
  timer = setTimeout(draw, Math.max(0, Math.min(PAUSE, waitsSince + LONGEST - Date.now())));
}

if (panel) {
  for (const kind of ["input", "change", "autosave:filled", "autosave:saved"]) {
    document.addEventListener(kind, (event) => isOurs(event.target.form || event.target.closest?.("form")) && soon());
  }
  document.addEventListener("autosave:saved", () => panel.querySelector("[data-pages-old]")?.removeAttribute("hidden"));
  document.addEventListener("pieces:changed", () => {
    const field = document.activeElement; // words that a button has just put there: the editor may stand over them
    if (field?.matches("textarea[data-editor]")) field.dispatchEvent(new CustomEvent("autosave:filled", { bubbles: true }));
    isShown = false;
    soon();
  });
  document.addEventListener("session:renewed", soon);
  addEventListener("online", soon);
  soon(); // a kept copy may be in the form
}

// The real pages stand in the place of the preview until they are closed.
document.addEventListener("click", (event) => {
  const closer = event.target.closest("[data-pages-close]");
  const place = closer?.closest("#real-pages");
  if (!place) return;
  place.replaceChildren();
  shown?.focus();
});
