// Who is writing where: the page tells at which question the person is, and shows at each question, and in the list of
// sections, who else is there. Only while the tab is looked at; a page that cannot ask shows nobody rather than a mistake.
//
//   <meta name="presence-url" content="…">  <section data-question="id">  <li data-section="position">
const EVERY = 15000; // ms; the server forgets after three times as long
const IDLE = 120000; // ms without a key: then nobody is writing
const SOON = 400; // ms after the focus moved

const address = document.querySelector("meta[name=presence-url]")?.content;
let timer = 0;
let question = ""; // where the person is
let active = 0; // when they last did something there
let isOver = false; // the server says that there is nothing to tell here
let heard = 0; // when the server last told who is where
let spoken = "";

function csrfToken() {
  return document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/)?.[1] || document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
}

const current = () => (question && Date.now() - active < IDLE ? question : "");

function send(at, keepalive = false) {
  return fetch(address, {
    method: "POST",
    body: new URLSearchParams({ question: at }),
    headers: { Accept: "application/json", "X-CSRFToken": csrfToken() },
    credentials: "same-origin",
    redirect: "manual",
    keepalive,
  });
}

async function tell() {
  clearTimeout(timer);
  if (isOver || document.visibilityState !== "visible") return;
  timer = setTimeout(tell, EVERY);
  try {
    const response = await send(current());
    if (response.ok) {
      heard = Date.now();
      show((await response.json()).here);
    } else if (response.status === 401) {
      end();
      document.dispatchEvent(new CustomEvent("session:expired", { detail: { quiet: true } }));
    } else if ([403, 404].includes(response.status)) end();
  } catch {
    // No connection: what was heard is shown until it is too old.
  }
  if (Date.now() - heard > 3 * EVERY) show([]);
}

function end() {
  isOver = true;
  clearTimeout(timer);
  show([]);
}

// --- Showing ----------------------------------------------------------------------------------------
const names = (people) => new Intl.ListFormat("en").format([...new Set(people.map((one) => one.name))]);
const verb = (people) => (new Set(people.map((one) => one.name)).size > 1 ? "are" : "is");

function line(place, className, words) {
  let made = place.querySelector(`:scope > .${className}`);
  if (!words) return made?.remove();
  if (!made) {
    made = document.createElement(className === "who-here" ? "span" : "p");
    made.className = className;
    if (className === "who-here") place.append(made);
    else place.querySelector("form")?.before(made);
  }
  if (made.textContent !== words) made.textContent = words;
  return made;
}

function show(here) {
  for (const place of document.querySelectorAll("[data-question]")) {
    const people = here.filter((one) => String(one.question) === place.dataset.question);
    line(place, "who-writes", people.length ? `${names(people)} ${verb(people)} writing here` : "");
  }
  for (const place of document.querySelectorAll("[data-section]")) {
    const people = here.filter((one) => String(one.section) === place.dataset.section);
    line(place, "who-here", people.length ? `${names(people)} ${verb(people)} here` : "");
  }
  speak(here.filter((one) => String(one.question) === current()));
}

// Said aloud once, and only of the question in which the person is.
function speak(people) {
  const words = people.length ? `${names(people)} ${verb(people)} writing here too.` : "";
  if (words === spoken) return;
  spoken = words;
  let region = document.getElementById("presence-told");
  if (!region) {
    region = document.createElement("p");
    region.id = "presence-told";
    region.className = "visually-hidden";
    region.setAttribute("role", "status");
    document.getElementById("main")?.append(region);
  }
  region.textContent = words;
}

// --- The page ---------------------------------------------------------------------------------------
function moved(event) {
  const place = event.target instanceof Element && event.target.closest("[data-question]");
  active = Date.now();
  if (!place || place.dataset.question === question) return;
  question = place.dataset.question;
  clearTimeout(timer);
  timer = setTimeout(tell, SOON);
}

if (address) {
  document.addEventListener("focusin", moved);
  document.addEventListener("input", moved);
  document.addEventListener("visibilitychange", () => (document.visibilityState === "visible" ? tell() : leave()));
  document.addEventListener("session:renewed", () => {
    isOver = false;
    tell();
  });
  addEventListener("online", tell);
  addEventListener("pagehide", leave);
  tell();
}

function leave() {
  clearTimeout(timer);
  if (!isOver && question) send("", true).catch(() => {});
}
