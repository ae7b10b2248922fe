// Texts with headings, lists, links, tables and emphasis: <textarea data-editor="id of its title"> gets an editor as soon
// as it comes near the window. The textarea stays the field of the form: what it holds is Markdown, and saving, restoring,
// choosing between two texts, and pages without scripts know nothing else. A text that the editor cannot hold whole stays
// in its textarea; so does everything for a person who prefers that, and while there is no connection.
import { clean } from "./editor/clean.js";
import { toMarkdown } from "./editor/markdown.js";
import { shapeOf } from "./editor/shape.js";
import { htmlOf } from "./shared/formatted.js";

const NEAR = "50% 0px";
const PREFERENCE = `plain-text:${document.documentElement.dataset.user || ""}`;

const fields = new Map(); // textarea → {textarea, bar, view, busy, isNear, isFresh, why}

// --- What the person prefers ------------------------------------------------------------------------
function prefersPlain() {
  try {
    return localStorage.getItem(PREFERENCE) === "true";
  } catch {
    return false;
  }
}

function prefer(isPlain) {
  try {
    if (isPlain) localStorage.setItem(PREFERENCE, "true");
    else localStorage.removeItem(PREFERENCE);
  } catch {
    // A device that keeps nothing asks again on every page.
  }
}

// --- One field --------------------------------------------------------------------------------------
// A field in which somebody writes is left alone until they leave it. An empty one can be changed under their hands, and
// one that a script has just filled.
const isInUse = (textarea) => document.activeElement === textarea && textarea.value !== "" && !fields.get(textarea)?.isFresh;

function prepare(textarea) {
  const field = fields.get(textarea);
  if (!field || field.view || field.why || prefersPlain() || isInUse(textarea)) return undefined;
  // No connection: the textarea does, and the next occasion tries again.
  field.busy ||= change(textarea, field).catch(() => {}).finally(() => (field.busy = null));
  return field.busy;
}

async function change(textarea, field) {
  const text = textarea.value;
  const [view, html] = await Promise.all([import("./editor/view.js"), htmlOf(text)]);
  const held = view.held(html);
  const isWhole = held && (held.text === text.trim() || view.isSame(await htmlOf(held.text), held.shape));
  if (!textarea.isConnected || prefersPlain() || isInUse(textarea)) return;
  if (textarea.value !== text) return change(textarea, field);
  if (!isWhole) return stay(textarea, field);
  const hadFocus = document.activeElement === textarea;
  field.view = view.mount(textarea, html, { bar: field.bar, plain: () => switchAll(true, textarea) });
  if (hadFocus) field.view.focus();
}

function stay(textarea, field) {
  field.why = "This text has signs that the editor cannot show. It stays as it is, as plain text.";
  showPlain(textarea, field);
}

function leave(textarea, field) {
  field.view?.end();
  field.view = null;
}

// --- Plain text -------------------------------------------------------------------------------------
function showPlain(textarea, field) {
  const strip = document.createElement("div");
  strip.className = "editor-strip is-plain";
  const words = document.createElement("p");
  words.textContent = field.why || "Plain text: **bold**, - list, ## heading, [words](https://address)";
  strip.append(words);
  if (!field.why) {
    const back = document.createElement("button");
    back.type = "button";
    back.className = "editor-plain";
    back.textContent = "Show formatting";
    back.addEventListener("click", () => switchAll(false, textarea));
    strip.append(back);
  }
  field.bar.replaceChildren(strip);
}

async function switchAll(isPlain, pressed) {
  prefer(isPlain);
  for (const [textarea, field] of fields) {
    if (isPlain) {
      leave(textarea, field);
      showPlain(textarea, field);
    } else if (!field.why) {
      field.bar.replaceChildren();
      if (field.isNear) prepare(textarea);
    }
  }
  if (!isPlain) await prepare(pressed);
  pressed.focus();
}

// --- Pasting into the plain field -------------------------------------------------------------------
// What comes from a word processor becomes Markdown; what has no marks is pasted by the browser as ever.
function paste(event) {
  const textarea = event.target;
  const html = event.clipboardData?.getData("text/html");
  if (!html || !fields.has(textarea)) return;
  const text = toMarkdown(shapeOf(clean(html)));
  if (!text || text === event.clipboardData.getData("text/plain").trim()) return;
  event.preventDefault();
  const before = textarea.value.slice(0, textarea.selectionStart);
  const isBlock = text.includes("\n") && before !== "" && !before.endsWith("\n\n");
  const words = isBlock ? `${before.endsWith("\n") ? "\n" : "\n\n"}${text}` : text;
  if (!document.execCommand("insertText", false, words)) {
    textarea.setRangeText(words, textarea.selectionStart, textarea.selectionEnd, "end");
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

// --- The page ---------------------------------------------------------------------------------------
const watch = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    const field = [...fields.values()].find(({ bar }) => bar === target);
    if (!field) continue;
    field.isNear = isIntersecting;
    if (isIntersecting) prepare(field.textarea);
  }
}, { rootMargin: NEAR });

function start(root) {
  for (const [textarea, field] of fields) {
    if (textarea.isConnected) continue;
    leave(textarea, field);
    fields.delete(textarea);
  }
  const found = [...root.querySelectorAll("textarea[data-editor]")];
  if (root.matches?.("textarea[data-editor]")) found.push(root);
  for (const textarea of found) {
    if (fields.has(textarea)) continue;
    const bar = document.createElement("div");
    bar.className = "editor-bar";
    textarea.before(bar);
    const field = { textarea, bar, view: null, busy: null, isNear: false, isFresh: false, why: "" };
    fields.set(textarea, field);
    if (prefersPlain()) showPlain(textarea, field);
    watch.observe(bar);
  }
}

document.addEventListener("paste", paste);
document.addEventListener("focusin", (event) => fields.has(event.target) && prepare(event.target));
document.addEventListener("focusout", (event) => fields.has(event.target) && setTimeout(() => prepare(event.target), 0));
// Somebody else put a text into the field: a kept copy, or the choice between two.
document.addEventListener("autosave:filled", (event) => {
  const field = fields.get(event.target);
  if (!field) return;
  if (field.view && !field.view.holds(event.target.value)) leave(event.target, field);
  if (field.view) return;
  if (field.why) field.bar.replaceChildren();
  Object.assign(field, { why: "", isFresh: true });
  prepare(event.target);
});
for (const kind of ["input", "pointerdown"]) {
  document.addEventListener(kind, (event) => {
    if (event.isTrusted && fields.has(event.target)) fields.get(event.target).isFresh = false;
  });
}
for (const kind of ["online", "session:renewed"]) {
  (kind === "online" ? window : document).addEventListener(kind, () => {
    for (const [textarea, field] of fields) if (field.isNear) prepare(textarea);
  });
}
document.addEventListener("htmx:load", (event) => start(event.detail.elt));
start(document);
