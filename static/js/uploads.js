// Files on their way in pieces (the tus protocol, 1.0), each with its progress, to be paused, cancelled and taken up again.
// <div data-uploads="address"> stands in the plain form and holds its file field: the other fields say what holds for each
// file (data-evidence instead: the row that gets a newer version). The server knows an unfinished file by name, size and
// date: whoever chooses it again, after a reload or on another day, goes on where it was.
//
//   no answer, 5xx   tried again with growing pauses, and when the network is back
//   401              event session:expired; goes on after session:renewed
//   409              the server says how much it has; goes on there
//   404              the upload is not there any more: begun anew, once
//   other 4xx        told, and over
const PIECE = 1024 * 1024;
const AT_ONCE = 2;
const SILENCE = 60000; // ms without an answer
const FIRST_RETRY = 1000;
const LAST_RETRY = 30000;

const user = document.documentElement.dataset.user || "";
const items = [];

// --- Asking the server ------------------------------------------------------------------------------
function token(form) {
  const cookie = document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/);
  return cookie ? cookie[1] : form.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
}

// Another tab may have logged in somebody else: then nothing may be sent in their name.
function isStillMe() {
  try {
    return localStorage.getItem("user") === user;
  } catch {
    return true;
  }
}

function encoded(pairs) {
  const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
  return pairs.map(([name, value]) => (value ? `${name} ${base64(value)}` : name)).join(",");
}

function megabytes(bytes) {
  return bytes < 100000 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

// --- One file ---------------------------------------------------------------------------------------
class Item {
  constructor(place, file) {
    this.place = place;
    this.file = file;
    this.form = place.querySelector("input[type=file]").form;
    this.url = "";
    this.sent = 0;
    this.retry = FIRST_RETRY;
    this.begunAnew = false;
    this.turn = 0; // counts the runs: one that was paused in between must not go on beside the next
    this.state = "waiting"; // sending, checking, paused, login, added, failed, cancelled
    this.build();
    this.say("Waiting");
  }

  get isOver() {
    return ["added", "failed", "cancelled"].includes(this.state);
  }

  build() {
    this.line = document.createElement("li");
    this.line.innerHTML =
      '<span class="upload-name"></span><progress max="1" value="0"></progress><span class="upload-state"></span>' +
      '<span class="row"><button type="button" class="btn quiet small" data-pause></button>' +
      '<button type="button" class="btn plain small" data-cancel>Cancel</button></span>';
    this.line.querySelector(".upload-name").textContent = this.file.name;
    this.bar = this.line.querySelector("progress");
    this.bar.setAttribute("aria-label", `Sending ${this.file.name}`);
    this.pauser = this.line.querySelector("[data-pause]");
    this.pauser.addEventListener("click", () => (this.state === "paused" ? this.resume() : this.pause()));
    const cancel = this.line.querySelector("[data-cancel]");
    cancel.setAttribute("aria-label", `Cancel ${this.file.name}`);
    cancel.addEventListener("click", () => this.cancel());
    this.nameButton();
    const list = this.place.querySelector("[data-uploads-list]");
    list.hidden = false;
    list.append(this.line);
  }

  nameButton() {
    const words = this.state === "paused" ? "Resume" : "Pause";
    this.pauser.textContent = words;
    this.pauser.setAttribute("aria-label", `${words} ${this.file.name}`);
  }

  say(words, tone = "") {
    const place = this.line.querySelector(".upload-state");
    place.className = `upload-state ${tone}`;
    if (place.textContent !== words) place.textContent = words;
  }

  show(bytes) {
    this.bar.value = bytes / this.file.size;
    if (this.state === "sending") this.say(`${megabytes(bytes)} of ${megabytes(this.file.size)}`);
  }

  // --- What the person does -------------------------------------------------------------------------
  pause() {
    if (this.isOver || this.state === "checking") return;
    this.state = "paused";
    this.request?.abort();
    this.wake?.();
    this.say(`Paused at ${megabytes(this.sent)} of ${megabytes(this.file.size)}`);
    this.nameButton();
    pump();
  }

  resume() {
    this.state = "waiting";
    this.retry = FIRST_RETRY;
    this.say("Waiting");
    this.nameButton();
    pump();
  }

  async cancel() {
    if (this.isOver) return;
    this.end("cancelled", "Cancelled");
    this.request?.abort();
    this.wake?.();
    if (this.url) await this.ask("DELETE", this.url).catch(() => {}); // forgotten after a day anyhow
  }

  end(state, words, tone = "") {
    this.state = state;
    this.bar.remove();
    this.line.querySelector(".row").remove();
    this.say(words, tone);
    tell(this.place);
    pump();
  }

  // --- The way --------------------------------------------------------------------------------------
  async run() {
    this.state = "sending";
    const turn = (this.turn += 1);
    while (this.state === "sending" && this.turn === turn) {
      try {
        await this.step(turn);
        this.retry = FIRST_RETRY;
      } catch (problem) {
        if (this.turn !== turn || !["sending", "checking"].includes(this.state)) return;
        await this.meet(problem);
      }
    }
  }

  async step(turn) {
    if (!isStillMe()) throw { status: 403, message: "somebody else has logged in on this device" };
    if (!this.url) return this.begin();
    if (this.sent < this.file.size) return this.sendPiece(turn);
    return this.finish();
  }

  async begin() {
    const said = [["filename", this.file.name], ["mark", `${this.file.name}|${this.file.size}|${this.file.lastModified}`], ...this.said];
    const answer = await this.ask("POST", this.place.dataset.uploads, {
      "Upload-Length": String(this.file.size),
      "Upload-Metadata": encoded(said),
    });
    this.url = answer.getResponseHeader("Location");
    this.sent = Number(answer.getResponseHeader("Upload-Offset"));
    dropUnfinished(this.url);
    this.show(this.sent);
  }

  async sendPiece(turn) {
    const piece = await this.file.slice(this.sent, this.sent + PIECE).arrayBuffer().catch(() => {
      throw { status: 400, message: "the file changed or is gone on this device. Choose it again." };
    });
    if (this.turn !== turn || this.state !== "sending") return;
    const headers = { "Upload-Offset": String(this.sent), "Content-Type": "application/offset+octet-stream" };
    const answer = await this.ask("PATCH", this.url, headers, piece);
    this.sent = Number(answer.getResponseHeader("Upload-Offset"));
    this.show(this.sent);
  }

  async finish() {
    this.state = "checking";
    this.line.querySelector(".row").hidden = true;
    this.say("Being checked…");
    await this.ask("POST", this.url);
    this.end("added", "Added", "is-good");
    refresh(this.place);
  }

  ask(method, url, headers = {}, body = null) {
    return new Promise((resolve, reject) => {
      const request = (this.request = new XMLHttpRequest());
      request.open(method, url);
      request.timeout = SILENCE;
      const all = { Accept: "application/json", "Tus-Resumable": "1.0.0", "X-CSRFToken": token(this.form), ...headers };
      for (const [name, value] of Object.entries(all)) request.setRequestHeader(name, value);
      if (body) request.upload.onprogress = (event) => this.show(this.sent + event.loaded);
      request.onload = () => (request.status < 300 ? resolve(request) : reject(problemOf(request)));
      request.onerror = request.ontimeout = request.onabort = () => reject({ status: 0 });
      request.send(body);
    });
  }

  // --- What comes in between ------------------------------------------------------------------------
  async meet({ status, message, offset }) {
    if (this.state === "checking") {
      this.state = "sending";
      this.line.querySelector(".row").hidden = false;
    }
    if (status === 401) return this.waitForLogin();
    if (status === 409 && offset !== null) {
      this.sent = Number(offset);
      return undefined;
    }
    if (status === 404 && this.url && !this.begunAnew) {
      this.begunAnew = true;
      this.url = "";
      return undefined;
    }
    if (status === 0 || status >= 500 || status === 408 || status === 429) return this.rest(status, message);
    return this.end("failed", `Not added: ${message || "something went wrong. Please try again."}`, "is-bad");
  }

  async waitForLogin() {
    this.state = "login";
    this.say("You are logged out. It goes on when you are back.", "is-bad");
    document.dispatchEvent(new CustomEvent("session:expired"));
  }

  async rest(status, message) {
    const why = status === 0 ? "No connection." : message || "The server does not answer.";
    this.say(`${why} Tries again by itself, at ${megabytes(this.sent)}.`, "is-bad");
    await new Promise((resolve) => {
      this.wake = resolve;
      setTimeout(resolve, this.retry);
    });
    this.retry = Math.min(this.retry * 2, LAST_RETRY);
  }
}

function problemOf(request) {
  let message = "";
  try {
    message = JSON.parse(request.responseText).message;
  } catch {
    // A server that broke does not answer JSON.
  }
  return { status: request.status, message, offset: request.getResponseHeader("Upload-Offset") };
}

// --- All files --------------------------------------------------------------------------------------
// What holds for a file is what the form says when it is first complete after the file was chosen.
function hear(item) {
  if (item.said) return true;
  if (item.place.dataset.evidence) item.said = [["evidence", item.place.dataset.evidence]];
  else if (item.form.checkValidity())
    item.said = [...new FormData(item.form)].filter(([name, value]) => typeof value === "string" && value && name !== "csrfmiddlewaretoken");
  return Boolean(item.said);
}

function pump() {
  let free = AT_ONCE - items.filter((item) => ["sending", "checking"].includes(item.state)).length;
  for (const item of items) {
    if (item.state !== "waiting") continue;
    if (!hear(item)) {
      item.say("First say above who may read it: then it is sent.", "is-bad");
      continue;
    }
    if (free <= 0) continue;
    free -= 1;
    item.run();
  }
}

function tell(place) {
  const here = items.filter((item) => item.place === place);
  const added = here.filter((item) => item.state === "added").length;
  const failed = here.filter((item) => item.state === "failed").map((item) => `${item.file.name}: ${item.line.querySelector(".upload-state").textContent}`);
  place.querySelector("[data-uploads-told]").textContent = [`${added} of ${here.length} added.`, ...failed].join(" ");
}

function dropUnfinished(url) {
  const line = [...document.querySelectorAll("[data-unfinished]")].find((one) => one.dataset.unfinished === url);
  const section = line?.closest("section");
  line?.remove();
  if (section && !section.querySelector("[data-unfinished]")) section.remove();
}

let refreshing = false;
let again = false;

async function refresh(place) {
  if (place.dataset.evidence) {
    location.reload();
    return;
  }
  again = true;
  if (refreshing) return;
  refreshing = true;
  while (again) {
    again = false;
    await replace(place.dataset.refresh).catch(() => {}); // the file is there; the list comes with the next page
  }
  refreshing = false;
}

async function replace(selector) {
  const response = await fetch(location.href, { credentials: "same-origin" });
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector(selector);
  const place = document.querySelector(selector);
  if (!fresh || !place) return;
  place.replaceWith(fresh);
  window.htmx?.process(fresh);
}

function take(place, files) {
  const field = place.querySelector("input[type=file]");
  field.required = false; // what was chosen is on its way, not in the field
  const most = Number(field.dataset.maxBytes);
  for (const file of field.multiple ? files : files.slice(0, 1)) {
    const item = new Item(place, file);
    items.push(item);
    if (file.size > most) item.end("failed", `Not added: too large, at most ${Math.floor(most / 1048576)} MB`, "is-bad");
    if (file.size === 0) item.end("failed", "Not added: this file is empty", "is-bad");
  }
  field.value = "";
  pump();
  if (items.some((item) => item.place === place && item.state === "waiting" && !item.said)) field.form.reportValidity();
}

const placeOf = (event) => event.target.closest?.("[data-uploads]");

for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    const place = placeOf(event);
    if (!place || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    place.classList.add("is-over");
  });
}

document.addEventListener("dragleave", (event) => {
  const place = placeOf(event);
  if (place && !place.contains(event.relatedTarget)) place.classList.remove("is-over");
});

document.addEventListener("drop", (event) => {
  const place = placeOf(event);
  if (!place) return;
  event.preventDefault();
  place.classList.remove("is-over");
  take(place, [...event.dataTransfer.files]);
});

document.addEventListener("change", (event) => {
  const place = placeOf(event);
  if (place && event.target.type === "file") take(place, [...event.target.files]);
  else pump();
});

// The button of the form has nothing to send while the files go their own way.
document.addEventListener("submit", (event) => {
  const place = event.target.querySelector("[data-uploads]");
  if (!place || !items.some((item) => item.place === place)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  pump();
}, true);

addEventListener("online", () => {
  for (const item of items) {
    item.retry = FIRST_RETRY;
    item.wake?.();
  }
});
document.addEventListener("session:renewed", () => {
  for (const item of items) if (item.state === "login") item.resume();
});
addEventListener("beforeunload", (event) => {
  if (items.some((item) => !item.isOver && item.state !== "paused")) event.preventDefault();
});
