// Comforts for writing minutes: a text that is not saved yet survives a closed tab or a lost connection,
// and inputs are typed one after the other without leaving the keyboard. Every form works without this.
(() => {
  "use strict";

  const store = {
    get(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full or forbidden: then it is not kept */ } },
    drop(key) { try { localStorage.removeItem(key); } catch { /* as above */ } },
  };
  const version = (form) => form.elements.version?.value ?? "";
  const texts = (form) => [...form.querySelectorAll("textarea")];

  for (const form of document.querySelectorAll("form[data-keep]")) {
    const key = `rembuk:${form.dataset.keep}`;
    const sign = form.querySelector("[data-kept]");
    const kept = store.get(key);
    // Of another version it was saved, or somebody else's text came first and stands on the page.
    if (kept && kept.version === version(form)) {
      for (const box of texts(form)) {
        const text = kept.texts[box.name];
        if (text && text !== box.value) {
          box.value = text;
          if (sign) sign.hidden = false;
        }
      }
    } else if (kept) store.drop(key);
    form.addEventListener("input", () => {
      store.set(key, { version: version(form), texts: Object.fromEntries(texts(form).map((box) => [box.name, box.value])) });
      if (sign) sign.hidden = false;
    });
  }

  // Several photos are sent one after the other: together they may be larger than one form can carry.
  for (const form of document.querySelectorAll("form[data-each]")) {
    const field = form.querySelector("input[type=file]");
    const count = form.querySelector("[data-count]");
    form.addEventListener("submit", async (event) => {
      const files = [...field.files];
      if (files.length < 2) return;
      event.preventDefault();
      if (form.dataset.busy) return;
      form.dataset.busy = "yes";
      const refused = [];
      for (const [at, file] of files.entries()) {
        count.textContent = `${at + 1} / ${files.length}`;
        const one = new FormData(form);
        one.delete(field.name);
        one.append(field.name, file, file.name);
        const answer = await fetch(form.action, { method: "POST", body: one }).catch(() => null);
        if (!answer?.ok) refused.push(file);
      }
      if (!refused.length) {
        location.reload();
        return;
      }
      // What is wrong with the first that was refused stands on the page that the server answers.
      const rest = new DataTransfer();
      rest.items.add(refused[0]);
      field.files = rest.files;
      delete form.dataset.busy;
      form.submit();
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.closest?.("form[data-quick], form[data-keep]")?.requestSubmit();
  });

  for (const form of document.querySelectorAll("form[data-quick]")) {
    for (const hint of form.querySelectorAll("[data-script]")) hint.hidden = false;
    form.elements.text.focus();
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (form.dataset.busy) return;
      form.dataset.busy = "yes";
      try {
        const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
        const list = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(form.dataset.quick);
        if (!list) throw new Error("refused");
        document.querySelector(form.dataset.quick).innerHTML = list.innerHTML;
        document.querySelector(".summary")?.remove();
        for (const name of ["text", "answer", "attendance", "raised_by_group", "about"]) form.elements[name].value = "";
        // What was looked at were the words just sent.
        form.elements.looked?.closest(".field").remove();
        store.drop(`rembuk:${form.dataset.keep}`);
        form.elements.text.focus();
      } catch {
        // What is wrong stands on the page that the server answers; without a network the browser says so.
        form.submit();
      } finally {
        delete form.dataset.busy;
      }
    });
  }
})();
