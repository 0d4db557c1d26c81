// The shell of this version, for moments without a network, and the lessons of the course,
// which the course's page keeps: they are nobody's own. No other page is ever kept.
"use strict";
const SHELL = "pesue-{{ version|escapejs }}", COURSE = "pesue-course";
const FILES = [{% for file in shell %}"{{ file|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const OFFLINE = FILES[FILES.length - 1];

self.addEventListener("install", (event) => {
  // Without cookies: the offline page is nobody's.
  const keep = async () => {
    const cache = await caches.open(SHELL);
    await cache.addAll(FILES.map((file) => new Request(file, { credentials: "omit", cache: "reload" })));
    await self.skipWaiting();
  };
  event.waitUntil(keep());
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    for (const name of await caches.keys()) if (name !== SHELL && !name.startsWith(COURSE)) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const address = new URL(request.url);
  if (address.origin !== self.location.origin) return;
  const kept = async () => (await caches.match(address.pathname)) ?? caches.match(OFFLINE);
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(kept));
  } else if (FILES.includes(address.pathname)) {
    event.respondWith(fetch(request).catch(() => caches.match(address.pathname)));
  }
});
