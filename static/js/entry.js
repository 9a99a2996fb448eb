// Taking something down by the keyboard alone. Without this file everything works by Tab, Enter and the access keys.
(() => {
  "use strict";
  const form = document.querySelector("form[data-entry]");
  if (!form) return;

  // Faults are read first; rembuk.js has gone there already.
  const begin = document.currentScript?.dataset.begin ?? document.querySelector("script[data-begin]")?.dataset.begin;
  if (begin && !document.querySelector("[data-focus]")) document.getElementById(begin)?.focus();

  // Ctrl+Enter saves and opens the next one; with Shift it opens the case.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    const button = form.querySelector(`[data-save="${event.shiftKey ? "open" : "next"}"]`) ?? form.querySelector("[data-save]");
    form.requestSubmit(button);
  });

  // A letter has a date and a number: their fields open by themselves.
  const channel = form.elements.namedItem("channel");
  channel?.addEventListener("change", () => {
    if (["letter", "email"].includes(channel.value)) form.querySelector("details.more")?.setAttribute("open", "");
  });
})();
