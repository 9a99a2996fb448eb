// "Siapa yang datang?" at once, where a code belongs to an office: over the page of the door, so that the next guest need
// not wait for another page. What is typed goes the way of the check-ins (door.js). Skipped, a chip on the row reminds.
(() => {
  "use strict";
  const door = document.getElementById("pintu");
  const dialog = document.getElementById("siapa-datang");
  const form = dialog?.querySelector("form");
  if (!door || !dialog?.showModal) return;

  door.addEventListener("rembuk:in", ({ detail: told }) => {
    if (!told.ask_action || document.querySelector("dialog[open]")) return;
    form.reset();
    form.setAttribute("action", told.ask_action);
    form.elements.version.value = told.version;
    dialog.querySelector("[data-ask-office]").textContent = told.name;
    dialog.showModal();
  });

  // door.js hears it too and keeps what was typed; an empty name leaves the question open.
  form.addEventListener("submit", () => { if (form.elements.name.value.trim()) dialog.close(); });
  dialog.querySelector("[data-ask-later]").addEventListener("click", () => dialog.close());
})();
