// Notes, fast and without a connection.
//
// A note that cannot be sent when its writer wants the next one goes into the outbox on this device
// (localStorage "notes:<person>:<address>"), and is sent when the network is back. Every note carries the id that this
// device gave it: sent twice, it is still one note.
const form = document.getElementById("note-form");
const hint = document.getElementById("name-hint");
const user = document.documentElement.dataset.user || "";
const RETRY = 20000; // ms

// --- Names: a hint, never a refusal -------------------------------------------------------------------
document.addEventListener("autosave:saved", (event) => {
  if (!hint || !event.detail?.names) return;
  const names = event.detail.names;
  hint.hidden = names.length === 0;
  hint.textContent = names.length ? `This may name a person: ${names.join(", ")}. Notes keep groups, not names.` : "";
});

// --- The outbox ---------------------------------------------------------------------------------------
class Outbox {
  constructor(note, place) {
    this.form = note;
    this.place = place;
    this.url = new URL(note.getAttribute("action"), location.href);
    this.key = `notes:${user}:${this.url.pathname}`;
    this.isBusy = false;
  }

  get waiting() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) || [];
    } catch {
      return [];
    }
  }

  set waiting(notes) {
    if (notes.length) localStorage.setItem(this.key, JSON.stringify(notes));
    else localStorage.removeItem(this.key);
    this.tell();
  }

  // True when the note is safe on this device; then the form is empty for the next one.
  take() {
    const fields = [...new FormData(this.form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    const id = this.form.elements.client_id.value;
    try {
      this.waiting = [...this.waiting.filter((note) => note.id !== id), { id, fields, refused: "" }];
    } catch {
      return false; // a device that keeps nothing: the text stays in the form
    }
    this.form.elements.client_id.value = newId();
    this.form.elements.version.value = "0";
    this.form.elements.text.value = "";
    this.form.elements.text.dispatchEvent(new Event("input", { bubbles: true }));
    this.form.elements.text.focus();
    return true;
  }

  async send() {
    if (this.isBusy || !navigator.onLine) return;
    this.isBusy = true;
    let isSent = false;
    for (const note of this.waiting) {
      const answer = await this.post(note).catch(() => null);
      if (!answer) break;
      if (answer.status === 200) {
        this.waiting = this.waiting.filter((other) => other.id !== note.id);
        isSent = true;
      } else if (answer.status < 500 && ![401, 408, 429].includes(answer.status)) {
        const said = await answer.json().catch(() => ({}));
        this.waiting = this.waiting.map((other) => (other.id === note.id ? { ...other, refused: said.message || "It was refused." } : other));
      } else break;
    }
    this.isBusy = false;
    if (isSent && !this.waiting.length && !this.form.elements.text.value.trim()) location.reload();
  }

  post(note) {
    const cookie = document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/);
    return fetch(this.url, {
      method: "POST",
      body: new URLSearchParams(note.fields),
      headers: { Accept: "application/json", "X-CSRFToken": cookie ? cookie[1] : this.form.elements.csrfmiddlewaretoken.value },
      redirect: "manual",
      credentials: "same-origin",
    });
  }

  tell() {
    const notes = this.waiting;
    this.place.hidden = notes.length === 0;
    this.place.replaceChildren();
    if (!notes.length) return;
    const words = document.createElement("div");
    words.append(line(`${notes.length === 1 ? "1 note waits" : `${notes.length} notes wait`} on this device. ${notes.length === 1 ? "It is" : "They are"} sent when the connection is back.`));
    for (const note of notes.filter((other) => other.refused)) {
      const text = note.fields.find(([name]) => name === "text")?.[1] || "";
      words.append(line(`Not taken: “${text.slice(0, 120)}” (${note.refused})`));
    }
    this.place.append(words);
  }
}

function line(text) {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
}

// crypto.randomUUID is only there on secure addresses.
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function isCutOff() {
  const state = form.querySelector("[data-autosave-state]")?.dataset.state;
  return !navigator.onLine || state === "kept" || state === "unsafe";
}

if (form) {
  const outbox = new Outbox(form, document.getElementById("waiting-notes"));
  outbox.tell();
  outbox.send();
  setInterval(() => outbox.send(), RETRY);
  addEventListener("online", () => outbox.send());
  document.addEventListener("session:renewed", () => outbox.send());

  // Before the form is sent: without a connection the note waits here, and the next one can be written. A dead network
  // often shows only when the form is sent: then the note follows as soon as that is known.
  let wantsNext = false;
  form.querySelector(".savebar button").addEventListener("click", (event) => {
    wantsNext = false;
    if (!form.elements.text.value.trim()) {
      event.preventDefault();
      form.elements.text.focus();
    } else if (isCutOff() && outbox.take()) event.preventDefault();
    else wantsNext = true;
  });
  new MutationObserver(() => {
    if (!wantsNext || !isCutOff()) return;
    wantsNext = false;
    outbox.take();
  }).observe(form.querySelector("[data-autosave-state]"), { attributes: true, attributeFilter: ["data-state"] });
  form.elements.text.addEventListener("input", () => (wantsNext = false));

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.querySelector(".savebar button").click();
  });

  if (new URLSearchParams(location.search).has("kind_next")) form.elements.text.focus(); // the next note of a row
}
