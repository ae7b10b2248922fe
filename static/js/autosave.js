// Nothing they type is ever lost: <form data-autosave method="post" action="…"> with a hidden `version` saves as you type.
//
// Every change is first kept on this device (localStorage, by person and form), then sent, one request at a time and in
// order. The copy is dropped only when the server has answered 200 for exactly that text.
//
//   200 {version, saved_at}             saved; the next request carries the new version
//   409 {code: "stale", version, texts} somebody else saved: event autosave:stale, choose.js lets the person choose
//   401                                 event session:expired, session.js asks for the login; then saving goes on
//   403 404 409 422 {message}           told; the copy stays, the next change tries again
//   no answer, 5xx                      the copy stays; tried again with growing pauses, and when the network is back
//
// A form for something new has version 0 and a hidden identity (<input type="hidden" name="client_id" data-kept>), which is
// restored with the text, so that a text sent twice is one text.
//
// A choice that is an act of its own (data-by-button="decision") goes by the button alone: while it differs from what the
// server has, nothing is sent and the text is kept on this device.
//
// A form that leaves the page with unsaved text, because a part of the page is exchanged, saves on by itself; if it comes
// back, the new form goes on with the text.
//
// A submit first waits until the text is saved, then goes its normal way (also after a 422: that page shows the errors).
// autosave:saved tells the page of each save. A form with data-after-saving waits for all of them.
const PAUSE = 800; // ms of silence after a key
const SHORT_PAUSE = 150; // ms after a choice
const SLOW = 600; // ms before "Saving…" is worth saying
const FIRST_RETRY = 2000;
const LAST_RETRY = 60000;
const KEEPALIVE_BYTES = 60000; // what browsers send on after the page has gone
const KEPT_DAYS = 60;
const NOT_TEXT = new Set(["csrfmiddlewaretoken", "version"]);

const user = document.documentElement.dataset.user || "";
const savers = new Map();

// --- The copy on this device ------------------------------------------------------------------------
const device = {
  read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  },
  keep(key, copy) {
    try {
      localStorage.setItem(key, JSON.stringify(copy));
      return true;
    } catch {
      return false;
    }
  },
  drop(key) {
    try {
      localStorage.removeItem(key);
    } catch {
      // A device that keeps nothing has nothing to drop.
    }
  },
  tidy() {
    try {
      const oldest = Date.now() - KEPT_DAYS * 86400000;
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith("text:") && !(device.read(key)?.at > oldest)) device.drop(key);
      }
    } catch {
      // See drop.
    }
  },
};

// Another tab may have logged in somebody else: then this page must not save in their name.
function isStillMe() {
  try {
    return localStorage.getItem("user") === user;
  } catch {
    return true;
  }
}

// --- Fields -----------------------------------------------------------------------------------------
function fieldsOf(form) {
  return [...new FormData(form)].filter(([name, value]) => !NOT_TEXT.has(name) && typeof value === "string");
}

// The fields as the server sent them, whatever was typed or filled in by the browser since.
function sentFieldsOf(form) {
  const untouched = form.cloneNode(true);
  untouched.reset();
  return fieldsOf(untouched);
}

function fill(form, fields) {
  const left = new Map();
  for (const [name, value] of fields) left.set(name, [...(left.get(name) || []), value]);
  for (const field of form.elements) {
    if (!field.name || NOT_TEXT.has(field.name) || ["file", "submit", "button"].includes(field.type)) continue;
    if (field.type === "hidden" && field.dataset.kept === undefined) continue;
    const values = left.get(field.name) || [];
    if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
    else if (field.type === "select-multiple") for (const option of field.options) option.selected = values.includes(option.value);
    else field.value = values.shift() ?? "";
    field.dispatchEvent(new CustomEvent("autosave:filled", { bubbles: true }));
  }
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function csrfToken(form) {
  const cookie = document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/);
  return cookie ? cookie[1] : form.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
}

// --- One form ---------------------------------------------------------------------------------------
class Saver {
  constructor(form) {
    this.form = form;
    this.url = new URL(form.getAttribute("action") || location.href, location.href);
    this.key = `text:${user}:${this.url.pathname}${this.url.search}`;
    // What the server has; nothing that we know of when it has just refused what the form shows.
    this.acked = form.querySelector("[aria-invalid=true], [data-error-summary]") ? null : sentFieldsOf(form);
    this.sending = null; // what is on its way
    this.busy = false;
    this.waitsFor = ""; // "choice", "login", a form before, or nothing
    this.isRefused = false; // the last answer was 422: the page with the errors can say more than we can
    this.stored = true;
    this.retry = FIRST_RETRY;
    this.whenSettled = [];
    this.restore();
    if (this.acked && this.isDirty) this.changed(PAUSE);
  }

  get isDirty() {
    return !same(fieldsOf(this.form), this.acked);
  }

  get version() {
    return this.form.elements.version?.value || "";
  }

  set version(value) {
    if (this.form.elements.version) this.form.elements.version.value = value;
  }

  // A text that is again what the server has needs no copy: kept, it would look like unsaved text another day.
  keep() {
    if (!this.isDirty && !this.busy) return device.drop(this.key);
    const copy = { fields: fieldsOf(this.form), version: this.version, sending: this.sending, at: Date.now() };
    this.stored = user !== "" && device.keep(this.key, copy);
  }

  drop(fields) {
    const copy = device.read(this.key);
    if (copy && same(copy.fields, fields)) device.drop(this.key);
  }

  // A copy is there only if the server never confirmed it. Three cases: the server has it after all; the server still
  // has what I started from, or what I sent before; or somebody else saved, and then the server will say so.
  restore() {
    const copy = user && device.read(this.key);
    if (!copy?.fields || !this.acked) return;
    if (same(copy.fields, this.acked)) return device.drop(this.key);
    const before = this.acked;
    if (!same(copy.sending, this.acked)) this.version = copy.version;
    fill(this.form, copy.fields);
    this.tellRestored(before);
  }

  // The form was exchanged for a new one: what was written in the old one goes on in the new one, after its last request.
  async goOnFrom(before) {
    if (!before.isDirty && !before.busy) return;
    clearTimeout(this.timer);
    this.form.querySelector(":scope > [data-restored]")?.remove();
    this.waitsFor = "the form before";
    fill(this.form, fieldsOf(before.form));
    clearTimeout(before.timer);
    if (before.busy) await new Promise((resolve) => before.whenSettled.push(resolve));
    clearTimeout(before.timer);
    before.waitsFor = "nothing any more";
    savers.delete(before.form);
    this.version = before.version;
    this.acked = before.acked;
    this.waitsFor = "";
    if (this.isDirty) return this.changed(0);
    device.drop(this.key);
    if (before.said) this.say(...before.said);
  }

  tellRestored(before) {
    const notice = document.createElement("div");
    notice.className = "notice is-waiting";
    notice.dataset.restored = "";
    notice.setAttribute("role", "status");
    notice.innerHTML =
      "<p>We kept text that had not been saved. It is back in the form.</p>" +
      '<button type="button" class="btn quiet small">Go back to the saved text</button>';
    notice.querySelector("button").addEventListener("click", () => {
      fill(this.form, before);
      notice.remove();
      this.changed(0);
    });
    this.form.prepend(notice);
  }

  changed(pause) {
    this.keep();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
    if (!this.stored) this.say("unsafe", "Not saved yet, and this device cannot keep a copy. Please stay on this page.");
  }

  async save({ leaving = false } = {}) {
    clearTimeout(this.timer);
    if (this.busy || this.waitsFor) return;
    this.busy = true;
    while (this.isDirty && !this.waitsFor && (await this.sendOnce(leaving)));
    this.busy = false;
    for (const settled of this.whenSettled.splice(0)) settled();
  }

  // Names the fields whose change waits for the button.
  get waitsForButton() {
    const valuesOf = (fields, name) => (fields || []).filter(([other]) => other === name).map(([, value]) => value);
    const names = (this.form.dataset.byButton || "").split(" ").filter(Boolean);
    const now = fieldsOf(this.form);
    return names.some((name) => !valuesOf(now, name).length || !same(valuesOf(now, name), valuesOf(this.acked, name)));
  }

  // True when the server has taken the text; then there may be newer text to send.
  async sendOnce(leaving) {
    if (!isStillMe()) return this.stop("Somebody else has logged in on this device. Log in as yourself to save.");
    if (this.waitsForButton) {
      this.isRefused = true; // the button may go on without us
      const button = this.form.querySelector("button:not([type=button])")?.textContent.trim();
      this.say(...this.kept(`Not sent yet: press “${button}” when you are sure.`));
      return false;
    }
    const fields = fieldsOf(this.form);
    this.sending = fields;
    this.keep();
    const slow = setTimeout(() => this.say("saving", "Saving…"), SLOW);
    try {
      const response = await this.post(fields, leaving);
      const answer = await response.json().catch(() => ({}));
      return this.hear(response.status, answer, fields);
    } catch {
      return this.later("no connection");
    } finally {
      clearTimeout(slow);
    }
  }

  post(fields, leaving) {
    const body = new URLSearchParams([...fields, ["version", this.version]]).toString();
    return fetch(this.url, {
      method: "POST",
      body,
      headers: {
        Accept: "application/json",
        "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8",
        "X-CSRFToken": csrfToken(this.form),
      },
      redirect: "manual",
      credentials: "same-origin",
      keepalive: leaving && body.length < KEEPALIVE_BYTES,
    });
  }

  hear(status, answer, fields) {
    if (status === 200 && answer.version !== undefined) return this.taken(answer, fields);
    if (status === 401) return this.askForLogin();
    if (status === 409 && answer.code === "stale") return this.askToChoose(answer);
    this.isRefused = status === 422;
    if (status >= 400 && status < 500 && status !== 408 && status !== 429) return this.stop(answer.message);
    return this.later("the server did not answer");
  }

  taken(answer, fields) {
    this.acked = fields;
    this.sending = null;
    this.isRefused = false;
    this.version = answer.version;
    this.retry = FIRST_RETRY;
    this.drop(fields);
    if (this.isDirty) this.keep();
    const at = answer.saved_at ? new Date(answer.saved_at) : new Date();
    this.say("saved", `Saved ${at.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false })}`);
    this.form.dispatchEvent(new CustomEvent("autosave:saved", { bubbles: true, detail: answer }));
    return true;
  }

  later(why) {
    this.say(...this.kept(`Not saved yet: ${why}.`));
    this.timer = setTimeout(() => this.save(), this.retry);
    this.retry = Math.min(this.retry * 2, LAST_RETRY);
    return false;
  }

  stop(message) {
    this.sending = null;
    const [, words] = this.kept(message || "Not saved: the server did not take this text.");
    this.say(this.stored ? "stopped" : "unsafe", words);
    return false;
  }

  kept(words) {
    if (this.stored) return ["kept", `${words} Your text is kept on this device.`];
    return ["unsafe", `${words} This device cannot keep a copy: please stay on this page.`];
  }

  askForLogin() {
    this.waitsFor = "login";
    this.say(...this.kept("Not saved yet: log in again."));
    document.dispatchEvent(new CustomEvent("session:expired"));
    return false;
  }

  askToChoose(answer) {
    this.sending = null;
    if (this.hasAlready(answer)) return true;
    this.waitsFor = "choice";
    this.say(...this.kept("Not saved yet: somebody else changed this text. Please choose above."));
    const take = (texts) => this.chosen(answer, texts);
    this.form.dispatchEvent(new CustomEvent("autosave:stale", { bubbles: true, detail: { ...answer, take } }));
    return false;
  }

  // The server has my text after all (its answer got lost): nothing to choose, go on from its version.
  hasAlready({ version, texts }) {
    const mine = new FormData(this.form);
    if (String(version) === this.version || Object.keys(texts).some((name) => mine.get(name) !== texts[name])) return false;
    this.version = version;
    return true;
  }

  // `texts` maps field names to the text to go on with.
  chosen(answer, texts) {
    const rest = fieldsOf(this.form).filter(([name]) => !(name in texts));
    const theirs = fieldsOf(this.form).map(([name, value]) => [name, answer.texts[name] ?? value]);
    this.version = answer.version;
    this.waitsFor = "";
    fill(this.form, [...rest, ...Object.entries(texts)]);
    if (same(fieldsOf(this.form), theirs) && rest.length === 0) this.settleOnTheirs(answer);
    else this.changed(0);
  }

  settleOnTheirs(answer) {
    this.acked = fieldsOf(this.form);
    device.drop(this.key);
    this.say("saved", `This is the text of ${answer.by || "the other person"}.`);
    this.save();
  }

  // The same words are not written again: a screen reader would read them out again.
  say(state, words) {
    this.said = [state, words];
    const place =
      this.form.querySelector("[data-autosave-state]") ||
      (this.form.id && document.querySelector(`[data-autosave-state="${CSS.escape(this.form.id)}"]`));
    if (!place) return;
    place.dataset.state = state;
    if (place.textContent !== words) place.textContent = words;
  }

  settled() {
    return new Promise((resolve) => {
      this.whenSettled.push(resolve);
      if (!this.busy) this.save();
    });
  }
}

// --- The page ---------------------------------------------------------------------------------------
function saverOf(target) {
  const form = target instanceof Element && (target.form || target.closest("form"));
  if (form && form.matches("[data-autosave]") && !savers.has(form)) savers.set(form, new Saver(form));
  return form ? savers.get(form) : undefined;
}

function start(root) {
  const forms = [...root.querySelectorAll("form[data-autosave]")];
  if (root.matches?.("form[data-autosave]")) forms.push(root);
  for (const form of forms) {
    if (savers.has(form)) continue;
    const saver = new Saver(form);
    const before = [...savers.values()].find((other) => other.key === saver.key && !other.form.isConnected);
    savers.set(form, saver);
    if (before) saver.goOnFrom(before);
  }
  for (const [form, saver] of savers) if (!form.isConnected && !saver.isDirty && !saver.busy) savers.delete(form);
}

document.addEventListener("input", (event) => saverOf(event.target)?.changed(PAUSE));
document.addEventListener("change", (event) => saverOf(event.target)?.changed(SHORT_PAUSE));
document.addEventListener("focusout", (event) => saverOf(event.target)?.save());

// A button of the form: first the text, then the button's own way. Without a connection the page stays as it is.
document.addEventListener("submit", async (event) => {
  const saver = savers.get(event.target);
  if (!saver || saver.isLeaving || !saver.isDirty) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (saver.isSubmitting) return;
  saver.isSubmitting = true;
  await saver.settled();
  await new Promise((resume) => setTimeout(resume)); // a form cannot be sent anew while its submit event still runs
  saver.isSubmitting = false;
  if (saver.isDirty && !saver.isRefused) return;
  saver.isLeaving = true;
  saver.form.requestSubmit(event.submitter);
  saver.isLeaving = false;
}, true);

// A form with data-after-saving (a decision on what the texts say) goes only when every text of the page is saved.
document.addEventListener("submit", async (event) => {
  const open = [...savers.values()].filter((saver) => saver.isDirty);
  if (!event.target.matches("[data-after-saving]") || open.length === 0) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  await Promise.all(open.map((saver) => saver.settled()));
  const unsaved = open.find((saver) => saver.isDirty);
  if (unsaved) unsaved.form.scrollIntoView({ block: "center" });
  else event.target.requestSubmit(event.submitter);
}, true);

function leave() {
  for (const saver of savers.values()) {
    if (!saver.isDirty) continue;
    saver.keep();
    saver.save({ leaving: true });
  }
}

addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());
addEventListener("pagehide", leave);
document.addEventListener("freeze", leave); // a closed laptop, a tab put to sleep
document.addEventListener("resume", () => savers.forEach((saver) => saver.save()));
document.addEventListener("htmx:beforeSwap", leave);
addEventListener("online", () => savers.forEach((saver) => saver.save()));
addEventListener("pageshow", (event) => event.persisted && savers.forEach((saver) => saver.save()));
addEventListener("beforeunload", (event) => {
  if ([...savers.values()].some((saver) => saver.isDirty && !saver.stored)) event.preventDefault();
});

document.addEventListener("session:renewed", () => {
  for (const saver of savers.values()) {
    if (saver.waitsFor === "login") saver.waitsFor = "";
    saver.save();
  }
});

try {
  if (user) localStorage.setItem("user", user);
} catch {
  // A device that keeps nothing cannot tell tabs apart either.
}
device.tidy();
document.addEventListener("htmx:load", (event) => start(event.detail.elt));
start(document);
