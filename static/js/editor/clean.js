// What word processors and web pages put on the clipboard, as plain HTML with only what the report can show: headings,
// lists, links, tables, emphasis, quotations. Word's paragraphs that only look like lists become lists; comments, deleted
// words, pictures, fonts and smart tags go.
const GONE = [
  "style, script, meta, link, title, xml, head, img, picture, svg, canvas, video, audio, object, embed, iframe, noscript",
  "input, select, textarea, button, .MsoCommentReference, .msocomanchor, a[href^='#_msocom'], sup:has(> a[href^='#cmnt'])",
  "a[href^='#cmnt'], [style*='mso-element:comment' i], [style*='mso-hide:all' i], [style*='mso-hide: all' i]",
  "del[datetime], del[cite], .Apple-interchange-newline, hr.msocomoff, [hidden]",
].join(", ");
const TEXT_BLOCKS = new Set(["P", "H1", "H2", "H3", "H4", "H5", "H6", "DT", "DD", "FIGCAPTION", "CAPTION", "ADDRESS"]);
const BLOCKS = "p, h1, h2, h3, h4, h5, h6, ul, ol, li, table, blockquote, pre, hr, div, dl, dt, dd, section, article";
const ALLOWED = /^(https?:|mailto:)/i;

const make = (name, children = []) => {
  const made = document.createElement(name);
  made.append(...children);
  return made;
};

// --- One word ---------------------------------------------------------------------------------------
// The marks of an element: from its name and from its style. A style may also take away what the name says.
function marksOf(node, marks) {
  const style = (node.getAttribute("style") || "").toLowerCase();
  const said = (name) => style.match(new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;]+)`))?.[1].trim();
  const found = { ...marks };
  const weight = said("font-weight");
  if (/^(B|STRONG)$/.test(node.nodeName)) found.strong = true;
  if (weight) found.strong = /bold/.test(weight) || Number(weight) >= 600;
  if (/^(I|EM|CITE)$/.test(node.nodeName)) found.em = true;
  if (said("font-style")) found.em = /italic|oblique/.test(said("font-style"));
  if (/^(S|STRIKE|DEL)$/.test(node.nodeName) || /line-through/.test(said("text-decoration") || said("text-decoration-line") || "")) found.s = true;
  const href = node.nodeName === "A" && (node.getAttribute("href") || "").trim();
  if (href && ALLOWED.test(href)) found.a = href;
  return found;
}

function word(text, marks) {
  let node = document.createTextNode(text);
  for (const name of ["s", "em", "strong"]) if (marks[name]) node = make(name, [node]);
  if (!marks.a) return node;
  const link = make("a", [node]);
  link.setAttribute("href", marks.a);
  return link;
}

// White space as a browser shows it; spaces that only keep words apart are plain, those of French punctuation stay.
const spaced = (text) =>
  text.replace(/[ \t\r\n\f]+/g, " ").replace(/\u00a0(?![:;?!»%])/g, (gap, at) => (text[at - 1] === "«" ? gap : " ")).replace(/ {2,}/g, " ");

function inlines(node, marks) {
  const out = [];
  for (const child of node.childNodes) {
    if (child.nodeType === 3) {
      const text = spaced(child.data);
      if (text) out.push(word(text, marks));
    } else if (child.nodeName === "BR") out.push(make("br"));
    else if (child.nodeName === "CODE") out.push(make("code", [child.textContent]));
    else if (child.nodeType === 1) out.push(...inlines(child, marksOf(child, marks)));
  }
  return out;
}

// --- Blocks -----------------------------------------------------------------------------------------
const isBlank = (node) => (node.textContent || "").trim() === "";

// Loose words become paragraphs; an empty line between two of them begins a new one.
function paragraphs(nodes, name = "p") {
  const found = [[]];
  nodes.forEach((node, at) => {
    if (node.nodeName === "BR" && nodes[at + 1]?.nodeName === "BR") found.push([]);
    else if (node.nodeName !== "BR" || nodes[at - 1]?.nodeName !== "BR") found.at(-1).push(node);
  });
  for (const words of found) while (words.length && (words[0].nodeName === "BR" || isBlank(words[0]))) words.shift();
  for (const words of found) while (words.length && (words.at(-1).nodeName === "BR" || isBlank(words.at(-1)))) words.pop();
  return found.filter((words) => words.length).map((words) => make(name, words));
}

function blocks(node, marks = {}) {
  const out = [];
  let words = [];
  const end = () => {
    out.push(...paragraphs(words));
    words = [];
  };
  for (const child of node.childNodes) {
    const isPart = child.nodeType === 1 && (child.matches(BLOCKS) || child.querySelector(BLOCKS));
    if (!isPart) words.push(...inlines({ childNodes: [child] }, marks));
    else {
      end();
      out.push(...block(child, marks));
    }
  }
  end();
  return out;
}

function block(node, marks) {
  const name = node.nodeName;
  if (name === "UL" || name === "OL") return [listOf(node)];
  if (name === "TABLE") return tableOf(node);
  if (name === "BLOCKQUOTE" || /MsoQuote|MsoIntenseQuote/.test(node.className)) return [make("blockquote", blocks(strip(node)))];
  if (name === "PRE") return [make("pre", [make("code", [node.textContent.replaceAll("\u00a0", " ")])])];
  if (name === "HR") return [make("hr")];
  if (!TEXT_BLOCKS.has(name) || node.querySelector(BLOCKS)) return blocks(node, marksOf(node, marks));
  const level = levelOf(node);
  if (!level) return paragraphs(inlines(node, marksOf(node, marks)));
  return paragraphs(inlines(node, {}), `h${level}`).map(plainHead);
}

const strip = (node) => {
  if (node.nodeName === "BLOCKQUOTE") return node;
  return make("div", [make("p", [...node.childNodes])]);
};

function levelOf(node) {
  const own = node.nodeName.match(/^H([1-6])$/)?.[1];
  const style = node.getAttribute("style") || "";
  const word = style.match(/mso-outline-level:\s*([1-6])/)?.[1] || node.className.match?.(/MsoHeading([1-6])/)?.[1];
  const level = own || word || (/MsoTitle/.test(node.className) ? 1 : 0);
  return Math.min(Number(level), 6);
}

// A head is bold as it is.
function plainHead(head) {
  for (const bold of head.querySelectorAll("strong")) bold.replaceWith(...bold.childNodes);
  return head;
}

// --- Lists ------------------------------------------------------------------------------------------
function listOf(node) {
  const made = make(node.nodeName);
  const start = Number(node.getAttribute("start") || 1);
  if (node.nodeName === "OL" && start > 1) made.setAttribute("start", start);
  for (const child of node.children) {
    if (child.nodeName === "LI") made.append(make("li", tight(blocks(child, marksOf(child, {})))));
    else if (/^[UO]L$/.test(child.nodeName)) (made.lastElementChild || made.appendChild(make("li"))).append(listOf(child));
  }
  return made;
}

// <li><p>words</p></li> is <li>words</li>: pasted lists come without air.
const tight = (children) => children.flatMap((child, at) => (child.nodeName === "P" && (at === 0) ? [...child.childNodes] : [child]));

const WORD_LIST = /mso-list:\s*l\d+\s+level(\d+)/i;

// Word's lists are paragraphs with a level, a sign and spaces: consecutive ones become one list.
function joinWordLists(root) {
  for (const first of root.querySelectorAll("p[style*='mso-list' i], h1[style*='mso-list' i], h2[style*='mso-list' i]")) {
    if (!first.isConnected && !root.contains(first)) continue;
    const items = [];
    for (let at = first; at && levelOfItem(at); at = at.nextElementSibling) items.push(at);
    if (first.nodeName === "P" && items.length) wordList(items, first);
    else dropSign(first);
  }
}

const levelOfItem = (node) => (node.nodeName === "P" ? Number(node.getAttribute("style")?.match(WORD_LIST)?.[1] || 0) : 0);

function dropSign(item) {
  const sign = item.querySelector("[style*='mso-list:Ignore' i], [style*='mso-list: Ignore' i]");
  const text = sign?.textContent.trim() || "";
  sign?.remove();
  return text;
}

function wordList(items, first) {
  const place = document.createComment("");
  first.before(place);
  const open = [];
  for (const item of items) {
    const level = levelOfItem(item);
    const number = dropSign(item).match(/^\(?(\d+|[a-z]{1,4})[.)]/i)?.[1];
    while (open.length > level) open.pop();
    while (open.length < level) open.push(beginList(open.at(-1), number, place));
    open.at(-1).append(make("li", [...item.childNodes]));
    item.remove();
  }
  place.remove();
}

function beginList(outer, number, place) {
  const made = make(number ? "ol" : "ul");
  if (Number(number) > 1) made.setAttribute("start", number);
  if (outer) (outer.lastElementChild || outer.appendChild(make("li"))).append(made);
  else place.before(made);
  return made;
}

// --- Tables -----------------------------------------------------------------------------------------
// A cell is one line. Cells over several columns or rows are filled up with empty ones; a table of one cell is a frame.
function tableOf(node) {
  const rows = [...node.querySelectorAll("tr")].filter((row) => row.closest("table") === node);
  if (rows.length <= 1 && (rows[0]?.cells.length ?? 0) <= 1) return rows.flatMap((row) => blocks(row.cells[0] || row));
  const grid = [];
  rows.forEach((row, y) => {
    grid[y] ||= [];
    for (const cell of row.cells) {
      let x = 0;
      while (grid[y][x] !== undefined) x += 1;
      fillIn(grid, cell, x, y, rows.length);
    }
  });
  const width = Math.max(...grid.map((row) => row.length));
  const line = (row, y) => make("tr", Array.from({ length: width }, (_, x) => make(y ? "td" : "th", row[x] || [])));
  return [make("table", [make("tbody", grid.map(line))])];
}

function fillIn(grid, cell, x, y, height) {
  const isHead = y === 0 || cell.nodeName === "TH";
  const words = cellWords(cell, isHead);
  for (let down = 0; down < Math.min(cell.rowSpan || 1, height - y); down += 1) {
    grid[y + down] ||= [];
    for (let over = 0; over < Math.min(cell.colSpan || 1, 50); over += 1) grid[y + down][x + over] = down || over ? [] : words;
  }
}

function cellWords(cell, isHead) {
  const made = make("div");
  for (const part of blocks(cell)) {
    if (made.childNodes.length) made.append(" ");
    if (part.matches("ul, ol")) made.append([...part.querySelectorAll("li")].map((item) => item.firstChild?.textContent.trim() || "").join("; "));
    else made.append(...part.childNodes);
  }
  for (const gap of made.querySelectorAll("br")) gap.replaceWith(" ");
  return [...(isHead ? plainHead(made) : made).childNodes];
}

// --- All --------------------------------------------------------------------------------------------
export function clean(html) {
  const page = new DOMParser().parseFromString(html.replace(/<!--\[if[\s\S]*?<!\[endif\]-->/gi, keepSigns), "text/html");
  for (const gone of page.body.querySelectorAll(GONE)) gone.remove();
  const notes = page.createTreeWalker(page.body, NodeFilter.SHOW_COMMENT);
  const comments = [];
  while (notes.nextNode()) comments.push(notes.currentNode);
  for (const comment of comments) comment.remove();
  joinWordLists(page.body);
  return make("div", blocks(page.body));
}

// Word hides the sign of a list item from other programs; everything else that it hides is for Word alone.
const keepSigns = (hidden) => (/supportLists/i.test(hidden) ? hidden.replace(/<!--\[if[^\]]*\]>|<!\[endif\]-->/gi, "") : "");
