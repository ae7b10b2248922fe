// The tools over one text: a toolbar with one stop for the Tab key, arrows between its buttons, Alt+F10 from the text and
// Escape back. Buttons that only make sense in a list or a table stand there only then.
import { isMac, icon } from "./icons.js";
import { linkPanel } from "./link.js";

const KEY = isMac ? "⌘" : "Ctrl+";

// name, words, icon, what it does, whether it is on, keys; `within`: only there.
const TOOLS = [
  ["bold", "Bold", (run) => run.toggleBold(), (on) => on("bold"), "B"],
  ["italic", "Italic", (run) => run.toggleItalic(), (on) => on("italic"), "I"],
  [],
  ["heading", "Heading", (run) => run.toggleHeading({ level: 2 }), (on) => on("heading", { level: 1 }) || on("heading", { level: 2 })],
  ["subheading", "Subheading", (run) => run.toggleHeading({ level: 3 }), (on) => [3, 4, 5, 6].some((level) => on("heading", { level }))],
  [],
  ["bullets", "List with bullets", (run) => run.toggleBulletList(), (on) => on("bulletList")],
  ["numbers", "List with numbers", (run) => run.toggleOrderedList(), (on) => on("orderedList")],
  ["deeper", "One level deeper", (run) => run.sinkListItem("listItem"), null, "]", "listItem"],
  ["higher", "One level higher", (run) => run.liftListItem("listItem"), null, "[", "listItem"],
  ["quote", "Quotation", (run) => run.toggleBlockquote(), (on) => on("blockquote")],
  [],
  ["link", "Link", null, (on) => on("link"), "K"],
  ["table", "Table", (run) => run.insertTable({ rows: 3, cols: 3, withHeaderRow: true }), (on) => on("table")],
  ["row-add", "Add a row below", (run) => run.addRowAfter(), null, "", "table"],
  ["column-add", "Add a column after", (run) => run.addColumnAfter(), null, "", "table"],
  ["row-remove", "Remove this row", (run) => run.deleteRow(), null, "", "table"],
  ["column-remove", "Remove this column", (run) => run.deleteColumn(), null, "", "table"],
  ["table-remove", "Remove the table", (run) => run.deleteTable(), null, "", "table"],
  [],
  ["undo", "Undo", (run) => run.undo(), null, "Z"],
  ["redo", "Redo", (run) => run.redo(), null, "Y"],
];

function button(name, words, key) {
  const made = document.createElement("button");
  made.type = "button";
  made.tabIndex = -1;
  made.dataset.tool = name;
  made.title = key ? `${words} (${KEY}${key})` : words;
  made.setAttribute("aria-label", words);
  if (key) made.setAttribute("aria-keyshortcuts", `${isMac ? "Meta" : "Control"}+${key}`);
  made.append(icon(name));
  return made;
}

function group() {
  const made = document.createElement("span");
  made.className = "editor-group";
  return made;
}

// `bar` is the empty strip over the text. Gives `end()`, which empties it again.
export function makeTools(editor, bar, { name, plain }) {
  const stop = new AbortController();
  const strip = document.createElement("div");
  strip.className = "editor-strip";
  strip.setAttribute("role", "toolbar");
  strip.setAttribute("aria-label", `Formatting: ${name}`);
  strip.setAttribute("aria-controls", editor.view.dom.id);
  const panel = linkPanel(editor, editor.view.dom.id);
  const made = [];
  let place = strip.appendChild(group());
  for (const [tool, words, act, isOn, key, within] of TOOLS) {
    if (!tool) {
      place = strip.appendChild(group());
      continue;
    }
    const one = place.appendChild(button(tool, words, key));
    const press = act ? () => act(editor.chain().focus()).run() : () => panel.open();
    const can = act && !isOn ? () => act(editor.can().chain()).run() : () => true;
    one.addEventListener("click", () => one.getAttribute("aria-disabled") !== "true" && press());
    made.push({ one, isOn, can, within, press, tool });
  }
  const toPlain = plainButton(plain);
  strip.append(toPlain);
  bar.replaceChildren(strip, panel.element, hint(editor.view.dom.id));

  const buttons = () => [...strip.querySelectorAll("button:not([hidden])")];
  const stopAt = (one) => {
    for (const other of strip.querySelectorAll("button")) other.tabIndex = other === one ? 0 : -1;
  };
  function show() {
    const on = editor.isActive.bind(editor);
    for (const { one, isOn, can, within } of made) {
      one.hidden = Boolean(within) && !on(within);
      if (isOn) one.setAttribute("aria-pressed", String(Boolean(isOn(on))));
      else one.setAttribute("aria-disabled", String(!one.hidden && !can()));
    }
    if (!strip.querySelector("button[tabindex='0']:not([hidden])")) stopAt(buttons()[0]);
  }

  // The text keeps its selection while a tool is pressed.
  strip.addEventListener("mousedown", (event) => event.preventDefault(), stop);
  strip.addEventListener("focusin", (event) => stopAt(event.target), stop);
  strip.addEventListener("keydown", (event) => move(event, buttons(), editor), stop);
  editor.view.dom.addEventListener("keydown", (event) => {
    if (event.altKey && event.key === "F10") strip.querySelector("button[tabindex='0']").focus();
    else if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") panel.open();
    else return;
    event.preventDefault();
  }, stop);
  editor.on("transaction", show);
  show();
  return {
    end() {
      stop.abort();
      editor.off("transaction", show);
      bar.replaceChildren();
    },
  };
}

function move(event, buttons, editor) {
  const at = buttons.indexOf(document.activeElement);
  const isRtl = getComputedStyle(buttons[0]).direction === "rtl";
  const step = { ArrowRight: isRtl ? -1 : 1, ArrowLeft: isRtl ? 1 : -1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) buttons[(at + step + buttons.length) % buttons.length].focus();
  else if (event.key === "Home") buttons[0].focus();
  else if (event.key === "End") buttons.at(-1).focus();
  else if (event.key === "Escape") editor.commands.focus();
  else return;
  event.preventDefault();
}

function plainButton(plain) {
  const made = document.createElement("button");
  made.type = "button";
  made.tabIndex = -1;
  made.className = "editor-plain";
  made.textContent = "Plain text";
  made.title = "Write all texts as plain text, with Markdown signs";
  made.addEventListener("click", plain);
  return made;
}

function hint(id) {
  const made = document.createElement("p");
  made.id = id.replace(/-editor$/, "-keys");
  made.hidden = true;
  made.textContent = "Alt and F10 lead to the formatting tools, Escape back to the text.";
  return made;
}
