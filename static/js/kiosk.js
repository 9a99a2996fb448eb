// The survey on a tablet of the office: one question at a time with large answers, back to the beginning when nobody
// touches it, and answers that wait in this browser while there is no network. Each has a mark of its own, by which it
// arrives once. Without script the page is the ordinary form.
(() => {
  "use strict";
  const form = document.querySelector("form[data-kiosk]");
  if (!form) return;
  const text = form.dataset;
  const prefix = "rembuk-kiosk:";
  const IDLE = 60000;
  const THANKS = 6000;
  const AGAIN_AFTER = 15000;
  const steps = [...form.querySelectorAll("[data-step]")];
  const bar = form.querySelector("[data-kiosk-progress]");
  const back = form.querySelector("[data-kiosk-back]");
  const next = form.querySelector("[data-kiosk-next]");
  const send = form.querySelector("[data-kiosk-send]");
  const news = form.querySelector("[data-kiosk-news]");
  const thanks = form.querySelector("[data-kiosk-thanks]");
  let at = 0;
  let idle = 0;
  let sending = false;

  document.documentElement.classList.add("kiosk");
  for (const hidden of form.querySelectorAll("[data-kiosk-only]")) hidden.hidden = false;

  // randomUUID exists on secure origins only; an office may run this in its own network without one
  function mark() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  // ---- what waits in this browser
  const memory = new Map();
  const store = {
    put(note) {
      memory.set(note.client_id, note);
      try { localStorage.setItem(prefix + note.client_id, JSON.stringify(note)); } catch { /* full or forbidden: this page still knows */ }
    },
    drop(id) {
      memory.delete(id);
      try { localStorage.removeItem(prefix + id); } catch { /* see above */ }
    },
    all() {
      const found = new Map(memory);
      try {
        for (let n = 0; n < localStorage.length; n += 1) {
          const key = localStorage.key(n);
          if (key?.startsWith(prefix)) {
            const note = JSON.parse(localStorage.getItem(key));
            found.set(note.client_id, note);
          }
        }
      } catch { /* see above */ }
      return [...found.values()].filter((note) => !note.refused);
    },
  };

  function tell() {
    const count = store.all().length;
    news.textContent = count ? text.waiting.replace("#", String(count)) : "";
  }

  async function flush() {
    if (sending) return;
    sending = true;
    for (const note of store.all()) {
      const { url, ...body } = note;
      let answer;
      try {
        answer = await fetch(url, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
        });
      } catch { break; }
      if (answer.ok) store.drop(note.client_id);
      // Too many at once, or the server is not well: later. Anything else will never be taken.
      else if (answer.status === 429 || answer.status >= 500) break;
      else store.put({ ...note, refused: answer.status });
    }
    sending = false;
    tell();
  }

  // ---- one step at a time
  function show(step) {
    at = Math.max(0, Math.min(step, steps.length - 1));
    steps.forEach((one, n) => { one.hidden = n !== at; });
    thanks.hidden = true;
    bar.value = Math.round((100 * at) / steps.length);
    back.hidden = at === 0;
    next.hidden = at === steps.length - 1;
    send.hidden = at !== steps.length - 1;
    steps[at].querySelector("legend, h2")?.scrollIntoView({ block: "nearest" });
  }

  function restart() {
    form.reset();
    show(0);
  }

  function touched() {
    clearTimeout(idle);
    idle = setTimeout(restart, IDLE);
  }

  function today() {
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  }

  function note() {
    const data = new FormData(form);
    const said = (name) => data.get(name) || null;
    const answers = steps
      .filter((step) => step.dataset.element && data.get(step.dataset.step))
      .map((step) => ({ element: step.dataset.element, score: Number(data.get(step.dataset.step)) }));
    return {
      url: text.kiosk,
      service: text.service,
      answers,
      sex: said("sex"),
      age_band: said("age_band"),
      education: said("education"),
      occupation: said("occupation"),
      comment: said("comment"),
      point: said("kode"),
      client_id: mark(),
      kiosk: true,
      answered_on: today(),
    };
  }

  form.addEventListener("change", (event) => {
    touched();
    if (event.target.type === "radio") setTimeout(() => show(at + 1), 250);
  });
  form.addEventListener("pointerdown", touched);
  form.addEventListener("keydown", touched);
  back.addEventListener("click", () => show(at - 1));
  next.addEventListener("click", () => show(at + 1));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    const filled = note();
    if (filled.answers.length < Number(text.least)) {
      const open = steps.findIndex((step) => step.dataset.element && !new FormData(form).get(step.dataset.step));
      news.textContent = text.few;
      show(open < 0 ? 0 : open);
      return;
    }
    store.put(filled);
    tell();
    flush();
    steps.forEach((step) => { step.hidden = true; });
    for (const button of [back, next, send]) button.hidden = true;
    thanks.hidden = false;
    bar.value = 100;
    setTimeout(restart, THANKS);
  }, true);

  window.addEventListener("online", flush);
  setInterval(flush, AGAIN_AFTER);
  restart();
  touched();
  flush();
})();
