// Two people changed the same text: both are shown, with what differs marked, and the person chooses. Texts of an editor
// are shown as they read, and what differs as it was typed below them. Nothing is overwritten unasked. Answers autosave:stale, whose detail has texts (theirs, by field), by, at and take(texts).
import { htmlOf } from "./shared/formatted.js";

let made = 0;

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function button(words, className, act) {
  const made = element("button", className, words);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

// Marks the words between the common beginning and the common end.
function marked(text, other) {
  const [mine, theirs] = [text, other].map((whole) => whole.split(/(?<=\s)/u));
  let head = 0;
  while (head < mine.length && mine[head] === theirs[head]) head += 1;
  let tail = 0;
  while (tail < mine.length - head && tail < theirs.length - head && mine.at(-1 - tail) === theirs.at(-1 - tail)) tail += 1;
  const box = element("div", "text");
  box.tabIndex = 0;
  box.append(mine.slice(0, head).join(""));
  const middle = mine.slice(head, mine.length - tail).join("");
  if (middle) box.append(element("mark", "", middle));
  box.append(mine.slice(mine.length - tail).join(""));
  if (!text) box.append(element("em", "muted", "(empty)"));
  return box;
}

function side(title, text, other) {
  const part = element("div");
  const head = element("p", "small muted", title);
  const box = marked(text, other);
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", title);
  part.append(head, box);
  return part;
}

// A text as it reads. Its headings are no headings of the page.
function formatted(title, text, html) {
  const part = element("div");
  const box = element("div", "text prose");
  box.tabIndex = 0;
  box.dir = "auto";
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", title);
  box.append(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  for (const heading of box.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const line = element("p");
    const strong = element("strong");
    strong.append(...heading.childNodes);
    line.append(strong);
    heading.replaceWith(line);
  }
  if (!text.trim()) box.append(element("em", "muted", "(empty)"));
  part.append(element("p", "small muted", title), box);
  return part;
}

// Until the server has answered, and where it cannot, the texts stand there as they were typed.
async function showFormatted(sides, mine, theirs, who) {
  const html = await Promise.all([mine, theirs].map(htmlOf)).catch(() => null);
  if (!html) return;
  const typed = element("details", "more small");
  const pair = element("div", "both");
  pair.append(side("Your text, as typed", mine, theirs), side(`Text of ${who}, as typed`, theirs, mine));
  typed.append(element("summary", "", "What differs, as it was typed"), pair);
  sides.after(typed);
  sides.replaceChildren(formatted("Your text", mine, html[0]), formatted(`Text of ${who}`, theirs, html[1]));
}

function labelOf(form, name) {
  const field = form.elements[name];
  return (field?.labels?.[0] || field?.[0]?.closest?.("fieldset")?.querySelector("legend"))?.textContent.trim() || "Text";
}

function valueOf(form, name) {
  return new FormData(form).getAll(name).join(", ");
}

// A choice is shown by the words that stand at it, not by what is stored.
function wordsOf(form, name, value) {
  const field = form.elements[name];
  if (field instanceof RadioNodeList) {
    const chosen = [...field].find((one) => one.value === value);
    return chosen?.labels?.[0]?.textContent.trim() ?? value;
  }
  if (field?.matches?.("select")) return [...field.options].find((one) => one.value === value)?.textContent.trim() ?? value;
  return value;
}

function both(form, name, detail, who) {
  const pair = element("div");
  const sides = element("div", "both");
  const mine = wordsOf(form, name, valueOf(form, name));
  const theirs = wordsOf(form, name, detail.texts[name]);
  sides.append(side("Your text", mine, theirs), side(`Text of ${who}`, theirs, mine));
  pair.append(element("h3", "", labelOf(form, name)), sides);
  if (form.elements[name]?.matches?.("textarea[data-editor]")) showFormatted(sides, mine, theirs, who);
  return pair;
}

function together(form, name, detail) {
  const field = element("div", "field");
  const id = `together-${(made += 1)}`;
  const label = element("label", "label", labelOf(form, name));
  label.htmlFor = id;
  const area = element("textarea", "tall");
  area.id = id;
  area.dataset.field = name;
  area.value = `${valueOf(form, name)}\n\n${detail.texts[name]}`;
  field.append(label, area);
  return field;
}

function ask(form, detail) {
  form.querySelector(":scope > .choose")?.remove();
  const who = detail.by || "somebody else";
  const names = Object.keys(detail.texts).filter((name) => valueOf(form, name) !== detail.texts[name]);
  const written = names.filter((name) => form.elements[name]?.matches?.("textarea, input:not([type=date], [type=time], [type=number], [type=checkbox])"));
  const panel = element("section", "choose");
  panel.tabIndex = -1;
  const title = element("h2", "", "Two texts: which one shall stay?");
  title.id = `choose-${(made += 1)}`;
  panel.setAttribute("aria-labelledby", title.id);
  const take = (texts) => {
    panel.remove();
    detail.take(texts);
    form.querySelector("textarea[name], input[name]:not([type=hidden])")?.focus();
  };
  const mine = () => take(Object.fromEntries(names.map((name) => [name, valueOf(form, name)])));
  const theirs = () => take(detail.texts);
  panel.append(title, element("p", "", `${who[0].toUpperCase()}${who.slice(1)} changed this text while you were writing. Both are here; nothing is lost.`));
  for (const name of names) panel.append(both(form, name, detail, who));
  const row = element("div", "row section");
  row.append(button("Keep mine", "btn", mine), button("Take theirs", "btn quiet", theirs));
  panel.append(row);
  if (written.length) panel.append(merge(form, detail, written, names, take));
  form.prepend(panel);
  panel.focus();
  panel.scrollIntoView({ block: "nearest" });
}

function merge(form, detail, written, names, take) {
  const more = element("details", "more section");
  more.append(element("summary", "", "Write one text from both"));
  for (const name of written) more.append(together(form, name, detail));
  more.append(button("Save this text", "btn", () => {
    const texts = Object.fromEntries(names.map((name) => [name, valueOf(form, name)]));
    for (const area of more.querySelectorAll("textarea")) texts[area.dataset.field] = area.value;
    take(texts);
  }));
  return more;
}

document.addEventListener("autosave:stale", (event) => ask(event.target, event.detail));
