// Dialogs: data-open-dialog="<id>" opens, data-close-dialog closes; a press on the veil closes too. Also: closing a
// notice (data-close) and printing (data-print).
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.openDialog);
    if (!dialog) return;
    event.preventDefault();
    dialog.showModal();
    return;
  }
  if (event.target.closest("[data-close-dialog]")) event.target.closest("dialog").close();
  if (event.target.closest("[data-close]")) event.target.closest(".notice").remove();
  if (event.target.closest("[data-print]")) print();
});

// Press and release both on the veil: dragging out of a text field must not close the dialog.
let pressedVeil = null;
document.addEventListener("pointerdown", (event) => {
  pressedVeil = event.target instanceof HTMLDialogElement ? event.target : null;
});
document.addEventListener("pointerup", (event) => {
  const dialog = event.target;
  if (!(dialog instanceof HTMLDialogElement) || dialog !== pressedVeil || dialog.dataset.stays !== undefined) return;
  const box = dialog.getBoundingClientRect();
  const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
  if (!inside) dialog.close();
});
