// Files beside the form. [data-beside-open] opens the panel #beside, which htmx fills; links and searches in it stay in
// it. A quote goes into the answer of this page that was in use last: into its textarea, with an "autosave:filled" event
// that tells an editor over it, and an "input" event, so that it is saved like everything typed. An answer of another
// page gets the quote on the server.
const panel = document.querySelector("#beside");
const opener = document.querySelector("[data-beside-open]");
const KEY = `beside:${opener.pathname}`;
const SMALL = matchMedia("(max-width: 64rem)");
let last = null; // the textarea that was in use last

// --- Open and close ---------------------------------------------------------------------------------
const memory = {
  read: () => { try { return sessionStorage.getItem(KEY); } catch { return null; } },
  keep: (url) => { try { sessionStorage.setItem(KEY, url); } catch { /* then it is not reopened on the next page */ } },
  drop: () => { try { sessionStorage.removeItem(KEY); } catch { /* nothing was kept */ } },
};

async function open(url) {
  panel.hidden = false;
  opener.setAttribute("aria-expanded", "true");
  await htmx.ajax("GET", url, { source: panel, target: "#reader", swap: "outerHTML" });
}

function close() {
  panel.hidden = true;
  opener.setAttribute("aria-expanded", "false");
  memory.drop();
}

opener.setAttribute("role", "button");
opener.setAttribute("aria-expanded", "false");
opener.addEventListener("click", async (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (!panel.hidden) return panel.querySelector("[data-reader-title]")?.focus();
  await open(opener.href);
  panel.querySelector("[data-reader-title]")?.focus();
});
// A file that is named on the page (at its question) opens beside it too.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a");
  if (!link?.pathname.startsWith(opener.pathname) || link === opener || panel.contains(link)) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  await open(link.href);
  panel.querySelector("[data-reader-title]")?.focus();
});
panel.querySelector("[data-beside-close]").addEventListener("click", () => {
  close();
  opener.focus();
});
panel.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  close();
  (last || opener).focus();
});

// What is shown is opened again on the next page of the form; after a step inside, the reader begins at its top.
panel.addEventListener("htmx:afterSettle", (event) => {
  const { requestConfig, xhr } = event.detail;
  if (requestConfig?.verb === "get" && xhr?.responseURL) memory.keep(xhr.responseURL);
  if (requestConfig?.elt && !requestConfig.elt.matches("[hx-trigger]")) panel.scrollTop = 0;
  aim();
});
panel.addEventListener("htmx:sendError", () => tell("No connection. Try again in a moment."));

// --- The answer that a quote goes into --------------------------------------------------------------
const idOf = (field) => field?.form?.getAttribute("action")?.match(/\/answers\/(\d+)\/$/)?.[1];
const fieldOf = (id) => document.querySelector(`form[data-autosave][action$="/answers/${CSS.escape(id)}/"] textarea[name=text]`);

function aim() {
  const choice = panel.querySelector("[data-quote] select");
  const id = idOf(last) || idOf(document.querySelector("form[data-autosave] textarea[name=text]"));
  if (choice && id && choice.querySelector(`option[value="${CSS.escape(id)}"]`)) choice.value = id;
}

document.addEventListener("focusin", (event) => {
  const form = event.target.closest("form[data-autosave]");
  const field = form?.querySelector("textarea[name=text]");
  if (!idOf(field)) return;
  last = field;
  aim();
});

// At the place of the cursor in a plain field; under an editor, whose cursor the textarea does not know, at the end.
function insert(field, markdown) {
  const isPlain = field.checkVisibility();
  const at = field === last && isPlain ? field.selectionEnd : field.value.length;
  const before = field.value.slice(0, at).trimEnd();
  const after = field.value.slice(at).trimStart();
  field.value = `${before}${before && "\n\n"}${markdown}\n\n${after}`;
  const end = field.value.length - after.length;
  field.setSelectionRange(end, end);
  field.dispatchEvent(new CustomEvent("autosave:filled", { bubbles: true }));
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function tell(words) {
  const place = panel.querySelector("[data-quote-told]");
  if (place) place.textContent = words;
}

async function quote(form) {
  const field = fieldOf(form.elements.question.value);
  const body = new URLSearchParams(new FormData(form));
  if (field) body.set("is_open", "on");
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    const response = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
    const answer = await response.json();
    if (response.status === 401) document.dispatchEvent(new CustomEvent("session:expired"));
    if (!response.ok) return tell(answer.message || "The quote could not be made.");
    if (!field) return tell(answer.message);
    insert(field, answer.markdown);
    tell("Quoted in the answer.");
    if (SMALL.matches) show(field);
  } catch {
    tell("No connection: nothing was quoted. Try again in a moment.");
  } finally {
    button.disabled = false;
  }
}

function show(field) {
  close();
  field.closest(".question")?.scrollIntoView({ block: "start" });
}

panel.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-quote]")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  quote(event.target);
}, true);

const before = memory.read();
if (before && !SMALL.matches) open(before);
