// Signing at the door without leaving it: the pad opens over the page, so it is there without a network too. What was
// signed goes the way of the check-ins (door.js); whoever waits there signs as well, and the signature follows.
(() => {
  "use strict";
  const door = document.getElementById("pintu");
  const dialog = document.getElementById("tanda-tangan");
  const form = dialog?.querySelector("form");
  if (!door || !dialog?.showModal || !window.SignaturePad) return;
  const who = dialog.querySelector("h2");
  const byFile = dialog.querySelector("[data-sign-page]");
  const place = door.querySelector("[data-waiting-sign]");
  let signing = null;

  function open(person) {
    signing = person;
    who.textContent = person.name;
    // Whoever cannot draw hands in a picture on the page of the row; without a network there is none.
    byFile.parentElement.hidden = !person.action;
    byFile.setAttribute("href", person.action);
    dialog.showModal();
    form.dispatchEvent(new Event("rembuk:start"));
  }

  door.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-sign-row]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open({ name: link.dataset.name, action: link.getAttribute("href"), version: link.dataset.signRow, after: "" });
  });

  // Whoever was let in just now signs from the confirmation, without being looked for in the list below.
  const said = door.querySelector("[data-said-sign]");
  door.addEventListener("rembuk:said", ({ detail: told }) => {
    said.hidden = !told;
    said.replaceChildren();
    if (!told) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-primary";
    button.textContent = door.dataset.textSign;
    button.addEventListener("click", () => open({ name: told.name, action: told.sign_action, version: String(told.version), after: "" }));
    said.append(button);
  });

  // Empty ones are stopped by sign.js, which hears it first.
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { name, action, version, after } = signing;
    const fields = [["version", version], ["signature", form.elements.signature.value]];
    dialog.close();
    door.dispatchEvent(new CustomEvent("rembuk:signed", { detail: { label: door.dataset.textSignOf.replace("NAMA", name), action, after, fields } }));
  });
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());

  // Whoever was let in while there was no network can sign at once.
  door.addEventListener("rembuk:waiting", ({ detail: notes }) => {
    const unsigned = notes.filter((note) => !note.signs && !notes.some((one) => one.after === note.id)).slice(-6);
    place.hidden = unsigned.length === 0;
    place.replaceChildren(...unsigned.map((note) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-small";
      button.textContent = `${door.dataset.textSign}: ${note.label}`;
      button.addEventListener("click", () => open({ name: note.label, action: "", version: "0", after: note.id }));
      return button;
    }));
  });
})();
