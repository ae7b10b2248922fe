// A sentence of a script, in the page's #notices, where what the server says stands too.
export function say(text) {
  const notices = document.getElementById("notices");
  if (!notices) return;
  const notice = document.createElement("div");
  notice.className = "notice is-bad";
  notice.setAttribute("role", "alert");
  const words = document.createElement("p");
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "close";
  close.dataset.close = "";
  close.setAttribute("aria-label", "Close this message");
  close.textContent = "×";
  notice.append(words, close);
  notices.replaceChildren(notice);
  notice.scrollIntoView({ block: "nearest" });
}
