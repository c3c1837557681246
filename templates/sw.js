/* Shows the copy of one page where the site cannot be reached. page.js brings this for a page whose
   copy somebody asks for: it hears of no other page, and does nothing of itself. */
"use strict";

const PATIENCE = 8000;

// The page that it was brought for: its copy lies under that name, with the scripts of the page.
const page = registration.scope;

const nothing = () => {};
const later = () => new Promise((resolve) => setTimeout(resolve, PATIENCE));

const erase = () => Promise.all([caches.delete(page), registration.unregister()]);

const answer = async (request) => {
  // No page that can be kept reads what follows "?".
  const copy = await caches
    .match(request.url, { cacheName: page, ignoreSearch: true, ignoreVary: true })
    .catch(nothing);
  if (!copy) return fetch(request);
  const fresh = await Promise.race([fetch(request).catch(nothing), later()]);
  if (!fresh || fresh.status >= 500) return copy;
  // A copy asks for the scripts of its own day.
  if (request.destination === "script") return fresh.ok ? fresh : copy;
  // Withdrawn, or elsewhere: no page would have the button that erases the copy.
  if (fresh.type === "opaqueredirect" || [404, 410].includes(fresh.status)) await erase();
  return fresh;
};

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const isOwn = request.method === "GET" && origin === location.origin;
  // What the page fetches itself, a new copy, say, is what is there now; pages below it go their way.
  const isPage = request.destination === "document" && origin + pathname === page;
  if (isOwn && (isPage || request.destination === "script")) event.respondWith(answer(request));
});
