// The signs on the tools, drawn with lines in the colour of the words.
const SVG = "http://www.w3.org/2000/svg";
const LINES = {
  bold: "M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z",
  italic: "M10 5h7M7 19h7M14 5l-4 14",
  heading: "M5 5v14M15 5v14M5 12h10M19 19v-6l-2 1.2",
  subheading: "M5 7v12M13 7v12M5 13h8M17 14.5c.3-2 3.5-2 3.5.2 0 1.500-3.500 2.300-3.500 4.300h3.600",
  bullets: "M9 6h11M9 12h11M9 18h11M4.500 6h.01M4.500 12h.01M4.500 18h.01",
  numbers: "M10 6h10M10 12h10M10 18h10M4 5l1.300-.8V9M3.800 14.200c.4-1.300 2.400-1.100 2.400.2 0 1.200-2.300 2-2.400 3.600h2.600",
  deeper: "M11 6h9M11 12h9M11 18h9M4 9l3 3-3 3",
  higher: "M11 6h9M11 12h9M11 18h9M7 9l-3 3 3 3",
  quote: "M10 8c-3 .6-4.500 2.500-4.500 5.500V17H10v-4.500H7.500M18.500 8c-3 .6-4.500 2.500-4.500 5.500V17h4.500v-4.500H16",
  link: "M10 14a4 4 0 0 0 5.700 0l3-3a4 4 0 0 0-5.700-5.700l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3A4 4 0 0 0 11 18.700l1-1",
  table: "M4 5h16v14H4zM4 10h16M4 14.500h16M10 5v14",
  "row-add": "M4 4h16v7H4zM12 14.500v6M9 17.500h6",
  "column-add": "M4 4h7v16H4zM17.500 9v6M14.500 12h6",
  "row-remove": "M4 4h16v7H4zM9 17.500h6",
  "column-remove": "M4 4h7v16H4zM14.500 12h6",
  "table-remove": "M4 5h16v14H4zM8.500 9l7 6M15.500 9l-7 6",
  undo: "M8 5L4 9l4 4M4 9h9a6 6 0 0 1 0 12h-3",
  redo: "M16 5l4 4-4 4M20 9h-9a6 6 0 0 0 0 12h3",
};

export const isMac = /mac|iphone|ipad/i.test(navigator.platform);

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = svg.appendChild(document.createElementNS(SVG, "path"));
  path.setAttribute("d", LINES[name]);
  return svg;
}
