// Markdown to HTML, by the server's own reader: what comes back is sanitised there. Texts that are asked for at the same
// moment go in one request.
const ADDRESS = document.querySelector("meta[name=texts-url]")?.content || "/texts/";
const TOGETHER = 30; // ms in which texts are collected for one request

let wanted = []; // {text, resolve, reject}: on their way to the server

function csrfToken() {
  return document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/)?.[1] || document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
}

async function ask() {
  const asked = wanted;
  wanted = [];
  try {
    const response = await fetch(ADDRESS, {
      method: "POST",
      body: new URLSearchParams(asked.map(({ text }) => ["text", text])),
      headers: { Accept: "application/json", "X-CSRFToken": csrfToken() },
      credentials: "same-origin",
    });
    if (!response.ok) throw new Error(String(response.status));
    const { html } = await response.json();
    asked.forEach(({ resolve }, at) => resolve(html[at]));
  } catch (error) {
    for (const { reject } of asked) reject(error);
  }
}

export function htmlOf(text) {
  if (text.trim() === "") return Promise.resolve("");
  return new Promise((resolve, reject) => {
    if (!wanted.length) setTimeout(ask, TOGETHER);
    wanted.push({ text, resolve, reject });
  });
}
