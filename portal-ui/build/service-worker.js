/*
 * Lets the installed portal open without a connection. Its own files only: no answer of an API is ever kept.
 *
 * A build is taken in whole or not at all, page and files together, and the page of a build is shown only while the
 * network is away. So nobody sees a page that asks for files which a newer build has replaced.
 */
const version = '__VERSION__';
const files = __FILES__;
// Any address of the app gives its page; this one needs no redirect on the way.
const page = '__BASE__dashboard';
const cacheName = `tierline-portal-${version}`;

self.addEventListener('install', (event) => {
  const fresh = [page, ...files].map((file) => new Request(file, { cache: 'no-cache' }));
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(fresh)));
});

self.addEventListener('activate', (event) => {
  // A browser does this once no tab of the build before is open, so nothing is pulled away under anybody.
  const isOld = (name) => name.startsWith('tierline-portal-') && name !== cacheName;
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name)))),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => keptPage()));
  else if (files.includes(pathname)) event.respondWith(keptFile(request));
});

async function keptPage() {
  const kept = await caches
    .open(cacheName)
    .then((cache) => cache.match(page))
    .catch(() => undefined);
  return kept ?? Response.error();
}

/** Names carry a hash of what is in them, so a kept file is never an old one. */
async function keptFile(request) {
  // A browser that keeps nothing, or lets nobody look, still has the network.
  const kept = await caches
    .open(cacheName)
    .then((cache) => cache.match(request.url))
    .catch(() => undefined);
  return kept ?? fetch(request);
}
