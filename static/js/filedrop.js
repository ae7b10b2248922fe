// Files are dropped on a [data-filedrop], sent one after the other, each with its progress and its own error.
// The form around it is the normal upload form: its fields go along with every file. The server answers JSON:
// 200 or 201 is fine, else {message}. Then the part named in data-filedrop-refresh (a selector) is fetched anew.
// Without data-filedrop-send the dropped files only go into the field, and the form is sent by its button.
function fieldOf(place) {
  return place.querySelector("input[type=file]");
}

function line(place, file) {
  const list = place.querySelector("[data-filedrop-files]");
  list.hidden = false;
  const item = document.createElement("li");
  const words = document.createElement("span");
  words.textContent = file.name;
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", `Sending ${file.name}`);
  item.append(words, bar);
  list.append(item);
  return {
    progress: (part) => (bar.value = part),
    end: (text, tone) => {
      bar.remove();
      item.className = tone;
      words.textContent = `${file.name}: ${text}`;
    },
  };
}

function send(form, field, file, told) {
  const body = new FormData(form);
  body.delete(field.name);
  body.append(field.name, file);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.getAttribute("action") || location.href);
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => event.lengthComputable && told.progress(event.loaded / event.total);
    request.onload = () => resolve(hear(request, told));
    request.onerror = () => resolve(told.end("not sent, there is no connection. Please try again.", "is-bad"));
    request.send(body);
  });
}

function hear(request, told) {
  if (request.status === 200 || request.status === 201) {
    told.end("added", "is-good");
    return true;
  }
  if (request.status === 401) document.dispatchEvent(new CustomEvent("session:expired"));
  let message = "";
  try {
    message = JSON.parse(request.responseText).message;
  } catch {
    // A server that broke does not answer JSON.
  }
  const large = request.status === 413 ? "the file is too large" : "";
  told.end(message || large || "not added, something went wrong on our side. Please try again.", "is-bad");
  return false;
}

function tooLarge(field, file, told) {
  const most = Number(field.dataset.maxBytes);
  if (!most || file.size <= most) return false;
  told.end(`too large, at most ${Math.floor(most / 1048576)} MB`, "is-bad");
  return true;
}

async function refresh(selector) {
  const place = selector && document.querySelector(selector);
  if (!place) return;
  const response = await fetch(location.href, { credentials: "same-origin" });
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector(selector);
  if (!fresh) return;
  place.replaceWith(fresh);
  window.htmx?.process(fresh);
}

async function sendAll(place, files) {
  const field = fieldOf(place);
  const form = field.form;
  if (!form.reportValidity()) return;
  let added = false;
  for (const file of files) {
    const told = line(place, file);
    if (tooLarge(field, file, told)) continue;
    if (await send(form, field, file, told)) added = true;
  }
  if (added) await refresh(place.dataset.filedropRefresh);
}

function take(place, files) {
  if (!files.length) return;
  const field = fieldOf(place);
  if (place.dataset.filedropSend !== undefined) {
    field.value = "";
    field.required = false; // the dropped file is not in the field
    sendAll(place, field.multiple ? files : files.slice(0, 1));
    return;
  }
  const parcel = new DataTransfer();
  for (const file of field.multiple ? files : files.slice(0, 1)) parcel.items.add(file);
  field.files = parcel.files;
}

for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    const place = event.target.closest?.("[data-filedrop]");
    if (!place || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    place.classList.add("is-over");
  });
}

document.addEventListener("dragleave", (event) => {
  const place = event.target.closest?.("[data-filedrop]");
  if (place && !place.contains(event.relatedTarget)) place.classList.remove("is-over");
});

document.addEventListener("drop", (event) => {
  const place = event.target.closest?.("[data-filedrop]");
  if (!place) return;
  event.preventDefault();
  place.classList.remove("is-over");
  take(place, [...event.dataTransfer.files]);
});

document.addEventListener("change", (event) => {
  const place = event.target.closest("[data-filedrop][data-filedrop-send]");
  if (place && event.target.type === "file") take(place, [...event.target.files]);
});
