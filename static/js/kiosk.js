// The survey on a tablet of the office: one question at a time with large answers, back to the beginning when nobody
// touches it, and answers that wait in this browser while there is no network. Each has a mark of its own, by which it
// arrives once. What is not taken is counted where an officer sees it. Without script the page is the ordinary form.
(() => {
  "use strict";
  const form = document.querySelector("form[data-kiosk]");
  if (!form) return;
  const text = form.dataset;
  const prefix = "rembuk-kiosk:";
  const IDLE = 60000;
  const THANKS = 6000;
  const AGAIN_AFTER = 15000;
  const LOOK_AFTER = 3600000;
  const DAY = 86400000;
  // A longer wait is a clock that was set meanwhile: a tablet with a flat battery begins in 1970.
  const LONGEST_WAIT = 400;
  const steps = [...form.querySelectorAll("[data-step]")];
  const bar = form.querySelector("[data-kiosk-progress]");
  const back = form.querySelector("[data-kiosk-back]");
  const next = form.querySelector("[data-kiosk-next]");
  const send = form.querySelector("[data-kiosk-send]");
  const news = form.querySelector("[data-kiosk-news]");
  const thanks = form.querySelector("[data-kiosk-thanks]");
  const over = form.querySelector("[data-kiosk-over]");
  let at = 0;
  let idle = 0;
  let sending = false;
  let closed = false;
  let fragile = false;
  let looked = new Date().toDateString();

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
      try { localStorage.setItem(prefix + note.client_id, JSON.stringify(note)); } catch { fragile = true; /* full or forbidden: this page still knows */ }
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
      return [...found.values()];
    },
    waiting() { return store.all().filter((note) => !note.refused); },
    refused() { return store.all().filter((note) => note.refused); },
  };

  function tell() {
    const said = [[store.waiting(), text.waiting], [store.refused(), text.refused]];
    news.textContent = said
      .filter(([notes]) => notes.length)
      .map(([notes, words]) => words.replace("#", String(notes.length)))
      .join(" ");
  }

  // How many days ago by this tablet's clock. That may be wrong, so it tells no date; the same day is not told at all.
  function daysSince(taken) {
    const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(taken).setHours(0, 0, 0, 0)) / DAY);
    return days >= 1 && days <= LONGEST_WAIT ? days : null;
  }

  // Delivered, refused for good, closed, or to be tried again. Only what the program itself says counts: the sign-in
  // page of a network answers 200 as well, and a proxy refuses with 403.
  async function outcome(answer) {
    const said = await answer.json().catch(() => null);
    if ([200, 201].includes(answer.status) && typeof said?.repeated === "boolean") return "kept";
    if (answer.status < 400 || answer.status === 429 || answer.status >= 500 || !said?.code) return "later";
    return said.code === "survey.closed" ? "closed" : "refused";
  }

  async function flush() {
    if (sending) return;
    sending = true;
    for (const note of store.waiting()) {
      const { url, taken, ...body } = note;
      let became = "later";
      try {
        became = await outcome(await fetch(url, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ ...body, days_ago: daysSince(taken) }),
        }));
      } catch { /* no network */ }
      if (became === "kept") store.drop(note.client_id);
      // It will never be taken: that it was there is kept, what somebody wrote is not.
      else if (became === "refused") store.put({ client_id: note.client_id, refused: true });
      else {
        // Of a closed period it waits, because it may be extended; nobody begins another one meanwhile.
        if (became === "closed" && url === text.kiosk) shut();
        if (became === "later") break;
      }
    }
    sending = false;
    tell();
  }

  // ---- the period may end while the page stays open
  function shut() {
    closed = true;
    for (const part of [...steps, back, next, send, thanks]) part.hidden = true;
    over.hidden = false;
  }

  // Once a day, while nobody is at it: the page of today. What only this page knows keeps it open.
  async function look() {
    if (fragile && store.waiting().length) return;
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      if (!answer.ok) return;
      const page = await answer.text();
      looked = new Date().toDateString();
      if (page.includes("data-kiosk=")) location.reload();
      else if (page.includes("data-survey-closed")) shut();
    } catch { /* later */ }
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
    if (closed) return;
    form.reset();
    show(0);
    if (looked !== new Date().toDateString()) look();
  }

  function touched() {
    clearTimeout(idle);
    idle = setTimeout(restart, IDLE);
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
      taken: Date.now(),
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
    if (closed) return;
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
  setInterval(() => { if (closed) look(); }, LOOK_AFTER);
  restart();
  touched();
  flush();
})();
