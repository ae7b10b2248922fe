// The editor of one text field: what the textarea holds, shown with its marks. The textarea stays the form's field; every
// change is written back to it as Markdown, and nothing else ever is.
import * as tiptap from "../../django_prose_editor/editor.js";
import { clean } from "./clean.js";
import { toMarkdown } from "./markdown.js";
import { isLoose, keyOf, shapeOf } from "./shape.js";
import { makeTools } from "./tools.js";

const { DOMParser: Reader, DOMSerializer: Writer, Fragment, Slice } = tiptap.pm.model;

// --- What a text can hold ---------------------------------------------------------------------------
const tightness = {
  tight: { default: true, parseHTML: (list) => !isLoose(list), renderHTML: ({ tight }) => ({ "data-tight": String(tight) }) },
};
const withTightness = (list) => list.extend({ addAttributes() { return { ...this.parent?.(), ...tightness }; } });

// Tab leaves the field, as everywhere on the page: lists go deeper by Ctrl and a bracket, tables on by Enter.
const ListItem = tiptap.ListItem.extend({
  addKeyboardShortcuts() {
    return {
      Enter: () => this.editor.commands.splitListItem(this.name),
      "Mod-]": () => this.editor.commands.sinkListItem(this.name),
      "Mod-[": () => this.editor.commands.liftListItem(this.name),
    };
  },
});

const Table = tiptap.Table.extend({
  priority: 200,
  addKeyboardShortcuts() {
    const inTable = () => this.editor.isActive("table");
    const onward = () => {
      if (!inTable()) return false;
      const { commands } = this.editor;
      return commands.goToNextCell() || (commands.addRowAfter() && commands.goToNextCell());
    };
    return { Enter: onward, "Shift-Enter": inTable, "Mod-Enter": inTable };
  },
});

const cell = (kind) => kind.extend({ content: "paragraph", addAttributes: () => ({ colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null } }) });

const EXTENSIONS = [
  tiptap.Document, tiptap.Paragraph, tiptap.Text, tiptap.HardBreak, tiptap.Blockquote, tiptap.HorizontalRule, tiptap.CodeBlock,
  tiptap.Bold, tiptap.Italic, tiptap.Strike, tiptap.Code.extend({ excludes: "", priority: 10 }),
  tiptap.Heading.extend({ content: "text*" }).configure({ levels: [1, 2, 3, 4, 5, 6] }),
  withTightness(tiptap.BulletList), withTightness(tiptap.OrderedList), ListItem,
  tiptap.Link.extend({ addKeyboardShortcuts: () => ({}) }).configure({ openOnClick: false, autolink: false, protocols: ["mailto"] }),
  Table.configure({ resizable: false }), tiptap.TableRow, cell(tiptap.TableHeader), cell(tiptap.TableCell),
  tiptap.UndoRedo, tiptap.Gapcursor, tiptap.Dropcursor, tiptap.TrailingNode,
];
const schema = tiptap.getSchema(EXTENSIONS);

// --- In and out -------------------------------------------------------------------------------------
export function rootOf(html) {
  const root = document.createElement("div");
  root.append(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  return root;
}

function documentOf(html) {
  const root = rootOf(html);
  const words = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    if (!words.currentNode.parentElement.closest("pre")) words.currentNode.data = words.currentNode.data.replaceAll("\n", "");
  }
  return Reader.fromSchema(schema).parse(root, { preserveWhitespace: true });
}

function shapeOfDocument(doc) {
  const root = document.createElement("div");
  root.append(Writer.fromSchema(schema).serializeFragment(doc.content));
  return shapeOf(root);
}

// Whether the editor can hold a text, and how it would write it: null when something would be lost.
export function held(html) {
  const shape = shapeOf(rootOf(html));
  return keyOf(shape) === keyOf(shapeOfDocument(documentOf(html))) ? { shape, text: toMarkdown(shape) } : null;
}

export const isSame = (html, shape) => keyOf(shapeOf(rootOf(html))) === keyOf(shape);

// --- What is pasted ---------------------------------------------------------------------------------
function pastedHtml(html) {
  return /data-pm-slice/.test(html) ? html : clean(html).innerHTML;
}

// Several paragraphs that go into a cell, or into a heading, become one line.
function pastedSlice(slice, { state }) {
  const { $from } = state.selection;
  if (!$from.node(-1)?.type.spec.tableRole || slice.content.childCount < 2) return slice;
  const line = [];
  slice.content.descendants((node) => {
    if (!node.isTextblock) return true;
    if (line.length && node.content.size) line.push(schema.text(" "));
    node.content.forEach((word) => line.push(word.type === schema.nodes.hardBreak ? schema.text(" ") : word));
    return false;
  });
  return new Slice(Fragment.from(schema.nodes.paragraph.create(null, line)), 1, 1);
}

// --- One field --------------------------------------------------------------------------------------
function attributesOf(textarea) {
  const label = textarea.labels?.[0];
  if (label) label.id ||= `${textarea.id}-label`;
  const named = textarea.dataset.editor || label?.id;
  return {
    role: "textbox",
    "aria-multiline": "true",
    ...(named ? { "aria-labelledby": named } : { "aria-label": "Text" }),
    ...(textarea.getAttribute("aria-invalid") ? { "aria-invalid": "true" } : {}),
    "aria-describedby": `${textarea.id}-keys`,
    id: `${textarea.id}-editor`,
    class: "editor-text prose",
    dir: "auto",
    spellcheck: "true",
    lang: textarea.lang || textarea.closest("[data-writing-language]")?.dataset.writingLanguage || "",
  };
}

export function mount(textarea, html, { bar, plain }) {
  const place = document.createElement("div");
  place.className = "editor-place";
  textarea.before(place);
  const stored = { text: textarea.value, written: null };
  const editor = new tiptap.Editor({
    element: place,
    extensions: EXTENSIONS,
    content: documentOf(html).toJSON(),
    injectCSS: false,
    enableInputRules: ["heading", "bulletList", "orderedList", "blockquote"],
    enablePasteRules: false,
    editorProps: { attributes: attributesOf(textarea), transformPastedHTML: pastedHtml, transformPasted: pastedSlice },
    onUpdate: write,
  });
  const textOf = () => toMarkdown(shapeOfDocument(editor.state.doc));
  const canonical = textOf();

  // What reads as it was stored is what was stored, sign by sign.
  function write() {
    const text = textOf();
    const value = text === canonical ? stored.text : text;
    if (value === textarea.value) return;
    textarea.value = value;
    stored.written = value;
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
  }

  const tools = makeTools(editor, bar, { plain, name: textarea.labels?.[0]?.textContent.trim() || "this text" });
  textarea.hidden = true;
  textarea.focus = () => editor.commands.focus();
  return {
    editor,
    holds: (value) => value === stored.text || value === stored.written,
    focus: () => editor.commands.focus("end"),
    hasFocus: () => place.contains(document.activeElement) || bar.contains(document.activeElement),
    end() {
      tools.end();
      editor.destroy();
      place.remove();
      delete textarea.focus;
      textarea.hidden = false;
    },
  };
}
