// A tablet at the door that reloads while the network is gone still has the page: the last copy of it, kept by the browser.
// What waits to be sent lies beside it (door.js). Only the page of a door is kept, for a day, until somebody signs in anew
// (rembuk.js): it holds the names of those who are expected.
"use strict";
const KEPT = "rembuk-door";
const DOOR = /^\/kerja\/forum\/[^/]+\/kehadiran$/;
const LASTS = 24 * 60 * 60 * 1000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.mode === "navigate" && request.method === "GET" && DOOR.test(path)) event.respondWith(opened(request, path));
});

async function opened(request, path) {
  try {
    const fresh = await fetch(request);
    if (fresh.ok) await (await caches.open(KEPT)).put(path, fresh.clone());
    return fresh;
  } catch (gone) {
    const copy = await (await caches.open(KEPT)).match(path);
    const age = Date.now() - Date.parse(copy?.headers.get("date") ?? "");
    if (age < LASTS) return copy;
    throw gone;
  }
}
