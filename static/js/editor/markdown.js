// From a shape (shape.js) to Markdown as people/texts.py reads it: a new line stays a new line, no HTML. What is written
// here reads back as the same shape (tests/browser/test_editor_markdown.py).
import { linkOf } from "./shape.js";

const WORD = /[\p{L}\p{N}]/u;
const PUNCTUATION = /[!-/:-@[-`{-~]/;
const SPACE = /\s/u;


// --- Words ------------------------------------------------------------------------------------------
// What would be read as a mark gets a backslash; everything else stays as it was typed.
function escaped(text, before, after, inLink) {
  let out = "";
  const signs = [...text];
  signs.forEach((sign, at) => {
    const left = signs[at - 1] ?? before;
    const right = signs[at + 1] ?? after;
    out += isMark(sign, left, right, () => signs.slice(at, at + 40).join(""), inLink) ? `\\${sign}` : sign;
  });
  return out;
}

function isMark(sign, left, right, rest, inLink) {
  if (sign === "`") return true;
  if (sign === "\\") return right === "" || right === "\n" || PUNCTUATION.test(right);
  if (sign === "*") return !(isGap(left) && isGap(right));
  if (sign === "_") return !(WORD.test(left) && WORD.test(right));
  if (sign === "~") return left === "~" || right === "~" || left === "" || right === "";
  if (sign === "[") return inLink;
  if (sign === "]") return inLink || right === "" || "(:[".includes(right);
  if (sign === "<") return right === "" || /[a-z/]/i.test(right);
  if (sign === "&") return /^&(#|[a-z][a-z\d]*;)/i.test(rest());
  return false;
}

const isGap = (sign) => sign === "\n" || (sign !== "" && SPACE.test(sign));

function code(text) {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = "`".repeat(longest + 1);
  const needsAir = /^`|`$/.test(text) || (/^ .* $/.test(text) && text.trim() !== "");
  return needsAir ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}

// --- Runs -------------------------------------------------------------------------------------------
// The runs as a row of parts: words, and the beginnings and ends of marks, well nested, the longest outside.
function partsOf(runs) {
  const parts = [];
  const open = [];
  const close = (least) => {
    while (open.length > least) parts.push({ close: open.pop() });
  };
  runs.forEach((run, at) => {
    const ends = open.findIndex((mark) => !run.marks.includes(mark.name));
    if (ends >= 0) close(ends);
    const fresh = run.marks.filter((name) => !open.some((mark) => mark.name === name));
    const reach = (name) => runs.slice(at).findIndex((other) => !other.marks.includes(name)) >>> 0;
    // No mark begins with white space: what stands before the first word stays outside.
    const air = fresh.length && run.text !== undefined ? run.text.match(/^\s*/u)[0] : "";
    if (air) parts.push({ text: air, marks: [] });
    for (const name of fresh.sort((one, other) => reach(other) - reach(one))) {
      open.push({ name });
      parts.push({ open: open.at(-1) });
    }
    if (air !== run.text) parts.push({ ...run, text: run.text?.slice(air.length) });
  });
  close(0);
  return parts;
}

const SIGNS = { strong: "**", em: "*", s: "~~" };

// Two marks side by side must not look like one: then emphasis is written with the other sign.
function choose(parts) {
  const isStar = (part) => part && (part.open || part.close) && SIGNS[(part.open || part.close).name]?.[0] === "*";
  parts.forEach((part, at) => {
    const mark = part.open || part.close;
    if (mark?.name === "em" && (isStar(parts[at - 1]) || isStar(parts[at + 1]))) mark.sign = "_";
  });
}

function signOf(part) {
  const mark = part.open || part.close;
  const link = linkOf(mark.name);
  if (!link) return mark.sign || SIGNS[mark.name];
  return part.open ? "[" : `](${address(...link)})`;
}

function address(href, title) {
  const place = /[\s()<>\\]/.test(href) || href === "" ? `<${href.replace(/[<>\\]/g, "\\$&").replace(/\s/g, "%20")}>` : href;
  const safe = (text) => text.replace(/&(?=#|[a-z][a-z\d]*;)/gi, "&amp;");
  return title ? `${safe(place)} "${safe(title.replace(/["\\]/g, "\\$&").replaceAll("\n", " "))}"` : safe(place);
}

function write(parts) {
  let links = 0;
  const isText = (part) => part?.text !== undefined;
  const edge = (part, sign) => (part === undefined || part.br ? "\n" : isText(part) ? sign(part.text) : "");
  return parts.map((part, at) => {
    if (part.open || part.close) {
      if (linkOf((part.open || part.close).name)) links += part.open ? 1 : -1;
      return signOf(part);
    }
    if (part.br) return "\n";
    if (part.code !== undefined) return code(part.code);
    const before = edge(parts[at - 1], (text) => [...text].at(-1));
    return escaped(part.text, before, edge(parts[at + 1], (text) => [...text][0]), links > 0);
  });
}

// Markdown tells the beginning of emphasis from its end by what stands left and right. A letter that would mislead it
// (in the middle of a word, before a full stop) is written as its number, which reads the same. A number is no letter for
// the mark on its other side: so it is asked again until nothing changes.
function guard(parts, written) {
  const numbered = parts.map(() => new Set());
  const isNumbered = (at, end) => numbered[at].has(end) || ([...written[at]].length === 1 && numbered[at].size > 0);
  const isEmphasis = (part) => (part.open || part.close) && SIGNS[(part.open || part.close).name];
  const misleads = (part, at) => {
    const [outside, inside, end] = part.open ? [at - 1, at + 1, -1] : [at + 1, at - 1, 0];
    const text = parts[outside]?.text;
    if (text === undefined || isNumbered(outside, end)) return false;
    const other = [...text].at(end);
    if (SPACE.test(other) || PUNCTUATION.test(other)) return false;
    const isWord = WORD.test([...written[inside]].at(-1 - end)) && !isNumbered(inside, -1 - end);
    if (signOf(part)[0] !== "_" && isWord) return false;
    return numbered[outside].add(end);
  };
  while (parts.filter((part, at) => isEmphasis(part) && misleads(part, at)).length);
  return written.map((text, at) => withNumbers(text, numbered[at]));
}

function withNumbers(text, ends) {
  const number = (sign) => `&#${sign.codePointAt(0)};`;
  const signs = [...text];
  const places = new Set([...ends].map((end) => (end === 0 ? 0 : signs.length - 1)));
  return signs.map((sign, at) => (places.has(at) ? number(sign) : sign)).join("");
}

export function inline(runs) {
  const parts = partsOf(runs);
  choose(parts);
  return guard(parts, write(parts)).join("");
}

// --- Lines ------------------------------------------------------------------------------------------
function lineOf(line) {
  const text = line.replace(/^[ \t]+/, "");
  if (/^(#{1,6}|[-+*])(\s|$)|^>|^=+\s*$|^[|:\s-]*-[|:\s-]*$/.test(text)) return `\\${text}`;
  return text.replace(/^(\d{1,9})([.)])(?=\s|$)/, "$1\\$2");
}

function paragraph(runs) {
  const lines = inline(runs).replace(/\n+$/, "").split("\n").map(lineOf);
  return lines.map((line, at) => (line === "" && at < lines.length - 1 ? "\\" : line)).join("\n");
}

function heading({ level, runs }) {
  const text = inline(runs).replaceAll("\n", " ").trim();
  return `${"#".repeat(level)} ${text.replace(/(^|\s)(#+)$/, "$1\\$2")}`;
}

function codeBlock({ text }) {
  const fence = "`".repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map((run) => run[0].length + 1)));
  return `${fence}\n${text}${text ? "\n" : ""}${fence}`;
}

function table({ rows }) {
  const width = Math.max(...rows.map((row) => row.length));
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const cell = (runs) => inline(runs).replaceAll("\n", " ").trim().replaceAll("|", "\\|");
  const [head, ...body] = rows.map((row) => line(Array.from({ length: width }, (_, at) => cell(row[at] || []))));
  return [head, line(Array(width).fill("---")), ...body].join("\n");
}

// --- Blocks -----------------------------------------------------------------------------------------
const indented = (text, first, rest) =>
  text.split("\n").map((line, at) => (at === 0 ? first : line && rest) + line).join("\n");

function list({ start, items }, { isLoose, isSecond }) {
  const marker = (at) => (start === null ? "-*"[isSecond] : `${start + at}${".)"[isSecond]}`);
  const written = items.map((item, at) => {
    const text = toMarkdown(item, isLoose ? "\n\n" : "\n");
    return text ? indented(text, `${marker(at)} `, " ".repeat(marker(at).length + 1)) : marker(at);
  });
  return written.join(isLoose ? "\n\n" : "\n");
}

// A list is written without air when it has none and no item needs it: only some blocks can follow a paragraph at once.
function needsAir(items) {
  const follows = (block, before) => {
    if (before.is === "p") return block.is !== "p" && block.is !== "line" && !(block.is === "list" && block.start > 1);
    return before.is === "h" || before.is === "line" || before.is === "code" ? block.is !== "table" || before.is !== "p" : false;
  };
  return items.some((item) => item.some((block, at) => at > 0 && !follows(block, item[at - 1])));
}

function one(block, before) {
  if (block.is === "p") return paragraph(block.runs);
  if (block.is === "h") return heading(block);
  if (block.is === "code") return codeBlock(block);
  if (block.is === "line") return "___";
  if (block.is === "quote") return toMarkdown(block.blocks).split("\n").map((line) => (line ? `> ${line}` : ">")).join("\n");
  if (block.is === "table") return table(block);
  return list(block, { isLoose: block.loose || needsAir(block.items), isSecond: before });
}

export function toMarkdown(blocks, between = "\n\n") {
  let turns = 0;
  const isSame = (block, last) => block.is === "list" && last?.is === "list" && (block.start === null) === (last.start === null);
  const written = blocks.map((block, at) => {
    turns = isSame(block, blocks[at - 1]) ? 1 - turns : 0;
    return one(block, turns);
  });
  return written.filter((text) => text !== "").join(between);
}
