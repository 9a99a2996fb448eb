// The list of cases by the keyboard alone: J and K go from one to the next, X marks it, B leads to what is done with the
// marked ones. They are heard only while the list has the focus, so nobody who types or dictates elsewhere sets them
// off. Without this file Tab, the boxes and the links over and under the list do the same.
(() => {
  "use strict";
  const list = document.getElementById("daftar");
  if (!list) return;
  const rows = [...list.querySelectorAll("tbody tr")];
  const bar = document.getElementById("tindakan");
  for (const words of document.querySelectorAll("[data-list-keys]")) words.hidden = false;

  function go(step) {
    const here = rows.indexOf(document.activeElement.closest("tr"));
    const row = rows[here < 0 ? 0 : Math.min(Math.max(here + step, 0), rows.length - 1)];
    const link = row?.querySelector("td.main a");
    link?.focus();
    row?.scrollIntoView({ block: "nearest" });
  }

  const keys = {
    j: () => go(1),
    k: () => go(-1),
    x: () => document.activeElement.closest("tr")?.querySelector("input[name=number]")?.click(),
    b: () => bar?.querySelector("button")?.focus(),
  };

  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("select, textarea, [type=text], [type=search]")) return;
    const act = keys[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
