// The shape of a text: what a piece of HTML says, as plain values, however it is nested. The same for what the server
// renders, for what the editor shows, and for what a word processor puts on the clipboard once it is cleaned (clean.js).
//
//   block   {is: "p", runs}  {is: "h", level, runs}  {is: "quote", blocks}  {is: "code", text}  {is: "line"}
//           {is: "list", start, loose, items: [blocks]}   start is null for bullets
//           {is: "table", rows: [[runs]]}                 the first row is the head
//   run     {text, marks}  {code, marks}  {br: true, marks}   marks: sorted, of "strong", "em", "s", linkMark(…)
const MARKS = { STRONG: "strong", B: "strong", EM: "em", I: "em", S: "s", DEL: "s", STRIKE: "s" };
const BLOCKS = new Set(["P", "H1", "H2", "H3", "H4", "H5", "H6", "BLOCKQUOTE", "PRE", "HR", "UL", "OL", "TABLE", "DIV"]);
const NO_TEXT = ".ProseMirror-trailingBreak, .ProseMirror-separator, .ProseMirror-gapcursor, [data-no-text]";

export function linkMark(href, title) {
  return `a ${JSON.stringify([href, title || ""])}`;
}

export function linkOf(mark) {
  return mark.startsWith("a ") ? JSON.parse(mark.slice(2)) : null;
}

export const isBlock = (node) => BLOCKS.has(node.nodeName);

// A loose list has air between its items: <li><p>…</p></li>. The editor, whose items are always paragraphs, says it itself.
export function isLoose(list) {
  if (list.hasAttribute("data-tight")) return list.getAttribute("data-tight") === "false";
  return [...list.children].some((item) => [...item.children].some((child) => child.nodeName === "P"));
}

// --- Runs -------------------------------------------------------------------------------------------
function collect(node, marks, runs) {
  for (const child of node.childNodes) {
    // Line ends in HTML are only how it was written: a line end that is shown is a <br>.
    if (child.nodeType === 3) runs.push({ text: child.data.replaceAll("\n", ""), marks });
    else if (child.nodeType === 1 && !child.matches(NO_TEXT)) element(child, marks, runs);
  }
  return runs;
}

function element(child, marks, runs) {
  if (child.nodeName === "BR") runs.push({ br: true, marks });
  else if (child.nodeName === "CODE") runs.push({ code: child.textContent, marks });
  else collect(child, withMark(child, marks), runs);
}

function withMark(child, marks) {
  const href = child.nodeName === "A" && child.getAttribute("href");
  const mark = href ? linkMark(href, child.getAttribute("title")) : MARKS[child.nodeName];
  return mark ? [...new Set([...marks, mark])].sort() : marks;
}

// White space carries a mark only between words that both carry it: Markdown has no bold space at the edge of a word.
function settled(runs) {
  const pieces = runs.flatMap(({ text, marks, ...rest }) =>
    text === undefined ? [{ ...rest, marks }] : (text.match(/\s+|\S+/gu) || []).map((part) => ({ text: part, marks })),
  );
  const isGap = (piece) => piece.br || (piece.text !== undefined && piece.text.trim() === "");
  for (let at = 0; at < pieces.length; at += 1) {
    if (!isGap(pieces[at])) continue;
    let end = at + 1;
    while (end < pieces.length && isGap(pieces[end])) end += 1;
    const gap = pieces.slice(at, end);
    const around = [pieces[at - 1]?.marks || [], pieces[end]?.marks || [], ...gap.map((piece) => piece.marks)];
    for (const piece of gap) piece.marks = piece.marks.filter((mark) => around.every((marks) => marks.includes(mark)));
    at += gap.length - 1;
  }
  return merged(pieces);
}

function merged(pieces) {
  const runs = [];
  for (const piece of pieces) {
    const last = runs.at(-1);
    const goesOn = last && String(last.marks) === String(piece.marks);
    if (goesOn && last.text !== undefined && piece.text !== undefined) last.text += piece.text;
    else if (goesOn && last.code !== undefined && piece.code !== undefined) last.code += piece.code;
    else if (piece.text !== "" && piece.code !== "") runs.push({ ...piece });
  }
  return runs;
}

export const runsOf = (node) => settled(collect(node, [], []));

// --- Blocks -----------------------------------------------------------------------------------------
export function shapeOf(root) {
  const blocks = [];
  let loose = [];
  const paragraph = () => {
    const runs = settled(loose.flatMap((node) => collect({ childNodes: [node] }, [], [])));
    if (runs.some((run) => run.br || (run.text ?? run.code).trim() !== "")) blocks.push({ is: "p", runs });
    loose = [];
  };
  for (const child of root.childNodes) {
    if (!isBlock(child)) loose.push(child);
    else if (!child.matches(NO_TEXT)) {
      paragraph();
      blocks.push(...block(child));
    }
  }
  paragraph();
  return blocks;
}

function block(node) {
  const name = node.nodeName;
  if (name === "DIV") return shapeOf(node);
  if (name === "BLOCKQUOTE") return [{ is: "quote", blocks: shapeOf(node) }];
  if (name === "PRE") return [{ is: "code", text: node.textContent.replace(/\n$/, "") }];
  if (name === "HR") return [{ is: "line" }];
  if (name === "TABLE") return table(node);
  if (name === "UL" || name === "OL") return list(node);
  const runs = runsOf(node);
  if (!runs.length) return [];
  return [name === "P" ? { is: "p", runs } : { is: "h", level: Number(name[1]), runs }];
}

function list(node) {
  const start = node.nodeName === "OL" ? Number(node.getAttribute("start") ?? 1) : null;
  const items = [...node.children].filter((child) => child.nodeName === "LI").map(shapeOf);
  return items.length ? [{ is: "list", start, loose: isLoose(node), items }] : [];
}

function table(node) {
  const rows = [...node.querySelectorAll("tr")].map((row) => [...row.cells].map((cell) => settled(cellRuns(cell))));
  return rows.length ? [{ is: "table", rows }] : [];
}

// A cell holds one line: what was several lines stands behind each other.
function cellRuns(cell) {
  const runs = [];
  for (const child of cell.childNodes) {
    if (isBlock(child) && runs.length) runs.push({ text: " ", marks: [] });
    runs.push(...collect(isBlock(child) ? child : { childNodes: [child] }, [], []));
  }
  return runs.map((run) => (run.br ? { text: " ", marks: run.marks } : run));
}

// --- The same or not --------------------------------------------------------------------------------
const edges = (runs) => {
  const text = runs.map((run) => ({ ...run }));
  if (text[0]?.text !== undefined) text[0].text = text[0].text.trimStart();
  if (text.at(-1)?.text !== undefined) text.at(-1).text = text.at(-1).text.trimEnd();
  return text.filter((run) => run.text !== "");
};

// One string for one shape; white space at the edges of a line shows nowhere.
export const keyOf = (shape) =>
  JSON.stringify(shape, (name, value) => (name === "runs" ? edges(value) : name === "rows" ? value.map((row) => row.map(edges)) : value));
