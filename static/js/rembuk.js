// Small comforts. Every page works without this file; nothing here is needed to read, send or sign in.
(() => {
  "use strict";
  // Whoever comes next must not find the door of somebody who signed out: a page without "Keluar" is nobody's.
  const leaveDoor = () => window.caches?.delete("rembuk-door");
  if (!document.querySelector("form[action='/keluar']")) leaveDoor();
  // What opens over the page closes with Escape, and when something else is pressed.
  const MENUS = ".usermenu[open], .menu[open]";
  const on = (type, act) => document.addEventListener(type, act);

  // <button type="button" data-copy="#id" data-copied="Tersalin" hidden>: shown only where copying works
  if (navigator.clipboard) {
    for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
  }
  // <button type="button" data-print hidden>
  // <button type="button" data-back hidden>: the browser keeps what was typed in the page before
  for (const button of document.querySelectorAll("[data-print], [data-back]")) button.hidden = false;

  on("submit", ({ target }) => { if (target.matches("form[action='/keluar']")) leaveDoor(); });

  on("click", async (event) => {
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      const source = document.querySelector(copy.dataset.copy);
      try {
        await navigator.clipboard.writeText((source.value ?? source.textContent).trim());
        const words = copy.querySelector("[data-words]") ?? copy;
        const before = words.textContent;
        words.textContent = copy.dataset.copied;
        say(copy.dataset.copied);
        setTimeout(() => { words.textContent = before; }, 2500);
      } catch { /* the text is on the page, it can be selected */ }
    }
    if (event.target.closest("[data-print]")) window.print();
    if (event.target.closest("[data-back]")) history.back();
    for (const menu of document.querySelectorAll(MENUS)) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  on("keydown", (event) => {
    const menu = document.querySelector(MENUS);
    if (event.key === "Escape" && menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // <form data-send>: Ctrl+Enter in one of its fields is its first button, as in a program for mail
  on("keydown", (event) => {
    const form = event.target.closest?.("form[data-send]");
    if (!form || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("[type=submit]"));
  });

  // <button name="add" data-add-row>: an empty line below the last one of the table before it. Its fields are named as all of
  // that list; ids and spoken names go on counting. What belongs to the copied line alone is marked data-of-row.
  on("click", (event) => {
    const button = event.target.closest("[data-add-row]");
    const last = button?.closest("section, fieldset, form").querySelector("tbody tr:last-child");
    if (!last) return;
    event.preventDefault();
    const row = last.cloneNode(true);
    const next = (text) => text.replace(/\d+$/, (number) => String(Number(number) + 1));
    for (const part of row.querySelectorAll("[data-of-row]")) part.remove();
    for (const field of row.querySelectorAll("input, select, textarea")) {
      if (field.id) field.id = next(field.id);
      if (field.ariaLabel) field.ariaLabel = next(field.ariaLabel);
      field.removeAttribute("aria-invalid");
      field.readOnly = false;
      if (field.tagName !== "SELECT") field.value = "";
    }
    // What was chosen above, a day say, is not copied with its markup.
    last.querySelectorAll("select").forEach((select, at) => {
      row.querySelectorAll("select")[at].selectedIndex = select.name === "agenda_day" ? select.selectedIndex : 0;
    });
    last.after(row);
    row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });

  // data-confirm="what will happen" on the form or on one of its buttons, then no second sending of the same form
  on("submit", (event) => {
    const form = event.target;
    const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
    if (question && !window.confirm(question)) {
      event.preventDefault();
      return;
    }
    // What opens beside this page leaves the form to be sent.
    if (event.submitter?.formTarget === "_blank") return;
    if (event.defaultPrevented || (event.submitter?.formMethod || form.method) !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    delete form.dataset.typed;
    event.submitter?.setAttribute("aria-busy", "true");
    setTimeout(() => release(form), 8000);
  });
  // <form data-unsaved>: what was typed and not sent is asked about before the page goes
  on("input", (event) => {
    const form = event.target.closest("form[data-unsaved]");
    if (form) form.dataset.typed = "yes";
  });
  window.addEventListener("beforeunload", (event) => { if (document.querySelector("form[data-typed]")) event.preventDefault(); });
  // coming back with the browser's "back" must find a form that can be sent again
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

  // <form data-autosubmit>: a changed choice sends the filter; typed words still wait for Enter
  on("change", (event) => {
    const form = event.target.closest("form[data-autosubmit]");
    if (form && event.target.matches("select, [type=checkbox], [type=radio], [type=date]")) form.requestSubmit();
  });

  // <input type="checkbox" data-all="number">: ticks every box of that name of the same form, and says when one is missing
  on("change", (event) => {
    const box = event.target;
    if (box.type !== "checkbox" || !box.form) return;
    const all = [...box.form.elements].filter((one) => one.type === "checkbox");
    if (box.dataset.all) {
      for (const one of all) if (one.name === box.dataset.all) one.checked = box.checked;
      return;
    }
    const head = all.find((one) => one.dataset.all === box.name);
    if (head) head.checked = all.every((one) => one.checked || one.name !== box.name);
  });

  // <details data-fold>: folded on a telephone, open where there is room
  if (window.matchMedia("(min-width: 48.01rem)").matches) {
    for (const fold of document.querySelectorAll("[data-fold]")) {
      fold.open = true;
      fold.dataset.opened = "yes";
    }
  }
  // what an address leads to is not left folded, and has the keyboard from here on
  function unfold() {
    const place = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    const folded = place && place.closest("details:not([open])");
    if (!folded) return;
    folded.open = true;
    place.scrollIntoView();
    place.focus();
  }
  on("click", (event) => { if (event.target.closest("a[href^='#']")) setTimeout(unfold); });
  unfold();

  // the summary of errors is read first
  document.querySelector("[data-focus]")?.focus();

  function release(form) {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  }

  function say(words) {
    let place = document.getElementById("said");
    if (!place) {
      place = document.createElement("p");
      place.id = "said";
      place.className = "visually-hidden";
      place.setAttribute("role", "status");
      (document.querySelector("main") ?? document.body).append(place);
    }
    place.textContent = words;
  }
})();
