// The door keeps working while the network is gone. Whoever is let in is first noted in this browser, with a mark of its
// own, and then sent; what did not get through waits here, is counted visibly, and is sent again until the server
// answered. The mark makes sure that it arrives once. What waits
// survives closing the page and is sent when it is opened again; door-offline.js keeps the page itself.
(() => {
  "use strict";
  const door = document.getElementById("pintu");
  const news = document.getElementById("kabar");
  if (!door || !news) return;
  const text = door.dataset;
  const prefix = `rembuk-door:${text.key}:`;
  const badge = document.getElementById("menunggu");
  const mend = document.getElementById("perlu-diperbaiki");
  const list = document.getElementById("daftar-tunggu");
  const rows = list ? [...list.children] : [];
  // What a volunteer sees at once; a search finds all others.
  const SHOWN = window.matchMedia("(max-width: 48rem)").matches ? 8 : 30;
  const AGAIN_AFTER = 5000;
  let sending = false;
  let problem = "";

  // ---- notes in this browser: one key for each, so that two tabs do not overwrite each other
  const memory = new Map();
  const store = {
    put(note) {
      memory.set(note.id, note);
      try { localStorage.setItem(prefix + note.id, JSON.stringify(note)); } catch { /* full or forbidden: this page still knows */ }
    },
    drop(id) {
      memory.delete(id);
      try { localStorage.removeItem(prefix + id); } catch { /* see above */ }
    },
    all() {
      const found = new Map(memory);
      try {
        for (let at = 0; at < localStorage.length; at += 1) {
          const key = localStorage.key(at);
          if (key?.startsWith(prefix)) {
            const note = JSON.parse(localStorage.getItem(key));
            found.set(note.id, note);
          }
        }
      } catch { /* see above */ }
      return [...found.values()].sort((a, b) => a.at - b.at);
    },
  };
  const waiting = () => store.all().filter((note) => !note.refused);

  // randomUUID exists on secure origins only; an office may run this in its own network without one
  function mark() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }

  // ---- what the volunteer reads
  // `told` is the answer about somebody who is in: they can sign at once (door-sign.js puts the button there).
  function say(words, kind, told) {
    news.hidden = false;
    news.className = `notice door-said ${kind}`;
    news.querySelector("p").textContent = words;
    document.getElementById("baru-masuk")?.remove();
    door.dispatchEvent(new CustomEvent("rembuk:said", { detail: told }));
  }

  // Good news has been read when the next person is looked for; what went wrong stays.
  function nextPerson() {
    if (news.matches(".ok, .info")) news.hidden = true;
    document.getElementById("baru-masuk")?.remove();
  }

  function show() {
    const notes = waiting();
    badge.hidden = notes.length === 0;
    badge.querySelector("[data-waiting-count]").textContent = `${text.textCount.replace("JUMLAH", notes.length)}.`;
    badge.querySelector("[data-waiting-why]").textContent = problem;
    badge.querySelector("[data-waiting-names]").textContent = notes.slice(-6).map((note) => note.label).join(" · ") + (notes.length > 6 ? " …" : "");
    for (const row of rows) {
      const own = notes.filter((note) => note.who && note.who === whoOf(row)).length;
      row.toggleAttribute("data-sent", own >= leftOf(row));
      if (row.dataset.party) countOn(row, own);
    }
    // The badge says it already.
    if (problem && !badge.hidden && news.querySelector("p").textContent === problem) news.hidden = true;
    const refused = store.all().filter((note) => note.refused);
    mend.hidden = refused.length === 0;
    mend.replaceChildren(...refused.map(mending));
    door.dispatchEvent(new CustomEvent("rembuk:waiting", { detail: notes }));
  }

  // Nothing that was typed is lost: the volunteer types it again, or says that it is done.
  function mending(note) {
    const box = document.createElement("div");
    box.className = "notice error";
    const words = document.createElement("div");
    const head = document.createElement("p");
    const strong = document.createElement("strong");
    strong.textContent = `${text.textMend}: `;
    head.append(strong, note.refused);
    const typed = document.createElement("p");
    typed.className = "small mb-2";
    typed.textContent = note.signs ? note.label : note.fields.filter(([name, value]) => value && !["recipient", "row", "ask_name", "later", "version"].includes(name)).map(([, value]) => value).join(" · ") || note.label;
    const done = document.createElement("button");
    done.type = "button";
    done.className = "btn btn-small";
    done.textContent = text.textDismiss;
    done.addEventListener("click", () => { store.drop(note.id); show(); });
    words.append(head, typed, done);
    box.append(words);
    return box;
  }

  // ---- sending
  const whoOf = (place) => place.dataset.party || place.querySelector("[name=row], [name=recipient]")?.value;

  // An invitation for several stays in the list until all of them are in: after the first, the next one is named.
  const leftOf = (row) => Number(row.dataset.left || 1);

  function countOn(row, waits) {
    const here = Number(row.dataset.here) + waits;
    const first = row.querySelector("[data-first]");
    if (first) first.hidden = here > 0;
    row.querySelector("[data-next]").hidden = here === 0;
    row.querySelector("[data-party-text]").textContent = text.textParty.replace("HADIR", here).replace("SEMUA", row.dataset.quota);
  }

  function arrived(row, told) {
    if (!row.dataset.party || told.code === "attendance.all_in") return gone(row);
    row.dataset.here = told.of ? told.here : Math.max(1, row.dataset.here);
    row.dataset.left = told.of ? Math.min(leftOf(row) - (told.outcome === "in" ? 1 : 0), told.of - told.here) : leftOf(row);
    if (Number(row.dataset.left) <= 0) return gone(row);
    narrow();
  }

  // Whoever reads a code aloud or from paper mixes these up; the door takes them for one (attendance/rules.rs).
  const alike = (code) => code.replace(/S/g, "5").replace(/B/g, "8").replace(/G/g, "6").replace(/Z/g, "2");

  // The same person twice: by the line or the code, and of an invitation for several by the name.
  function isSame(one, note) {
    if (note.code && one.code) return alike(one.code) === alike(note.code);
    if (!note.who || one.who !== note.who) return false;
    const several = rows.some((row) => row.dataset.party === note.who);
    return !several || one.label === note.label;
  }

  async function send(note) {
    const body = new URLSearchParams(note.fields);
    body.set("_csrf", door.querySelector("[name=_csrf]").value);
    body.set("client_id", note.id);
    body.set("seconds_ago", Math.max(0, Math.round((Date.now() - note.at) / 1000)));
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), 15000);
    try {
      const answer = await fetch(note.action, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual", signal: stop.signal });
      if (answer.type === "opaqueredirect" || answer.status === 401) return { stay: text.textSignedOut };
      if (answer.status === 400 || answer.status === 403) return { stay: text.textReload };
      if (!answer.ok) return { stay: text.textOffline };
      return await answer.json();
    } catch {
      return { stay: text.textOffline };
    } finally {
      clearTimeout(timer);
    }
  }

  // One after the other, in the order in which they came. `asked` is the note that the volunteer waits for.
  async function drain(asked) {
    if (sending) return;
    sending = true;
    try {
      for (let note = next(); note; note = next()) {
        const told = await send(note);
        if (told.stay) {
          problem = told.stay;
          if (asked) say(text.textKept.replace("NAMA", asked.label), "soon");
          break;
        }
        problem = "";
        settle(note, told, note.id === asked?.id);
      }
    } finally {
      sending = false;
      show();
    }
  }

  // A signature goes after the check-in of who signed: only its answer says which row that is.
  const next = () => waiting().find((note) => note.action);

  function follow(note, told, fine) {
    for (const one of waiting().filter((one) => one.after === note.id)) {
      if (fine) store.put({ ...one, after: "", action: told.sign_action, fields: [...one.fields.filter(([name]) => name !== "version"), ["version", String(told.version)]] });
      else store.put({ ...one, refused: told.message });
    }
  }

  function settle(note, told, isAsked) {
    const fine = told.outcome === "in" || told.outcome === "again";
    follow(note, told, fine);
    const there = fine || told.code === "attendance.already_in";
    // The dialogue is closed by now: what was typed into it is shown until somebody has seen it.
    if (there || isAsked && !note.asks) {
      store.drop(note.id);
    } else {
      // Nobody stands at the door any more to be told: it stays until somebody has seen it.
      store.put({ ...note, refused: told.message });
    }
    const over = there || ["attendance.all_in", "attendance.next_nameless"].includes(told.code);
    const theirs = (row) => note.who && whoOf(row) === note.who || row.dataset.code && row.dataset.code === (told.entered || note.code);
    if (over) rows.filter(theirs).forEach((row) => arrived(row, told));
    say(told.message, fine ? "ok" : there ? "info" : "error", fine && !note.signs && told.sign_action ? told : undefined);
    if (fine && isAsked && !note.signs) clear(note);
    if (fine && isAsked && note.code) door.dispatchEvent(new CustomEvent("rembuk:in", { detail: told }));
    window.htmx?.trigger("#terkini", "refresh");
  }

  function gone(row) {
    rows.splice(rows.indexOf(row), 1);
    row.remove();
    narrow();
  }

  function clear(note) {
    const form = document.getElementById(note.form);
    if (form) form.reset();
    if (search) { search.value = ""; narrow(); }
  }

  let forms = 0;
  function noteOf(form, button) {
    form.id ||= `pintu-${forms += 1}`;
    const fields = [...new FormData(form, button?.name ? button : null)].filter(([name, value]) => name !== "_csrf" && typeof value === "string");
    const value = (name) => fields.find(([key]) => key === name)?.[1] ?? "";
    const row = form.closest("li[data-name]");
    const code = value("code").toUpperCase().replace(/[^A-Z0-9]/g, "");
    const known = rows.find((one) => code && one.dataset.code && alike(one.dataset.code) === alike(code));
    const label = value("who_name") || row?.dataset.name || known?.dataset.name || value("name") || `${text.textCode} ${code}`;
    return { id: mark(), at: Date.now(), action: form.getAttribute("action"), fields, label, form: form.id, who: row ? whoOf(row) : known ? whoOf(known) : "", code, asks: form.matches("[data-ask]") };
  }

  // An empty form is told by the server as ever; without network nothing empty is kept.
  function isEmpty(form) {
    const asked = form.querySelector("[name=who_name], [name=code], [name=name]");
    return Boolean(asked) && asked.value.trim() === "";
  }

  door.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[role=search]")) {
      event.preventDefault();
      return;
    }
    if (!form.matches("[data-door]")) return;
    event.preventDefault();
    if (isEmpty(form) && event.submitter?.name !== "later") {
      form.querySelector("[name=who_name], [name=code], [name=name]").focus();
      return;
    }
    const group = form.querySelector("[name=group]");
    if (group && !group.value) {
      group.focus();
      return;
    }
    const note = noteOf(form, event.submitter);
    if (waiting().some((one) => isSame(one, note))) {
      if (note.code) form.reset();
      say(text.textTwice.replace("NAMA", note.label), "soon");
      return;
    }
    store.put(note);
    show();
    if (sending) say(text.textKept.replace("NAMA", note.label), "soon");
    drain(note).then(() => {
      const kept = waiting().some((one) => one.id === note.id);
      if (kept && form.matches("[data-walk-in], [data-by-code]")) form.reset();
    });
  });

  // A signature of the pad (door-sign.js); of one person the last one counts.
  door.addEventListener("rembuk:signed", ({ detail }) => {
    for (const one of waiting()) {
      if (one.signs && (detail.after ? one.after === detail.after : one.action === detail.action)) store.drop(one.id);
    }
    const note = { id: mark(), at: Date.now(), signs: true, ...detail, form: "", who: "", code: "" };
    store.put(note);
    show();
    if (sending || note.after) say(text.textKept.replace("NAMA", note.label), "soon");
    drain(note.after ? undefined : note);
  });

  door.addEventListener("input", (event) => { if (!event.target.closest("dialog")) nextPerson(); });

  window.addEventListener("online", () => drain());
  window.addEventListener("offline", () => { say(text.textOffline, "soon"); show(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) drain(); });
  setInterval(() => { if (waiting().length > 0) drain(); }, AGAIN_AFTER);
  // Where nobody keeps the page, leaving it would leave the door.
  window.addEventListener("beforeunload", (event) => { if (waiting().length > 0 && !navigator.onLine && !navigator.serviceWorker?.controller) event.preventDefault(); });

  // ---- search as it is typed, over the list that is here already
  const search = document.getElementById("f-q");
  const count = door.querySelector("[data-waiting-text]");
  const nobody = door.querySelector("[data-nobody]");

  function narrow() {
    if (!list || !search) return;
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    let shown = 0;
    for (const row of rows) {
      const fits = words.every((word) => row.dataset.find.includes(word)) && (words.length > 0 || !("declined" in row.dataset));
      found += fits ? 1 : 0;
      row.hidden = !fits || shown >= SHOWN;
      shown += row.hidden ? 0 : 1;
    }
    if (nobody) nobody.hidden = found > 0;
    const people = (some) => some.reduce((sum, row) => sum + leftOf(row), 0);
    count.textContent = text.textShown.replace("TAMPIL", people(rows.filter((row) => !row.hidden))).replace("SEMUA", people(rows));
  }

  if (search) {
    search.addEventListener("input", narrow);
    narrow();
  }
  // ---- the page itself, for a reload without a network; kept at once, not only from the second visit on
  async function keepPage() {
    if (!navigator.serviceWorker || !text.keeper) return;
    const known = navigator.serviceWorker.controller;
    await navigator.serviceWorker.register(text.keeper, { scope: "/kerja/forum/" });
    if (known) return;
    const page = await fetch(location.pathname);
    if (page.ok) await (await caches.open("rembuk-door")).put(location.pathname, page);
  }
  keepPage().catch(() => { /* an old browser, or no secure origin: the page must stay open then */ });
  if (!navigator.onLine) say(text.textOffline, "soon");
  show();
  drain();
})();
