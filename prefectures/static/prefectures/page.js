/* What a telephone or a printer can do more with a page; without this the page is whole. */
"use strict";

const each = (selector, act, within = document) =>
  within.querySelectorAll(selector).forEach(act);

// As the page writes it: in its language, with its figures, the day first.
const inWords = (date) =>
  date.toLocaleDateString(document.documentElement.lang.replace(/^en$/, "en-GB"), {
    day: "numeric", month: "long", year: "numeric", numberingSystem: "latn",
  });

// The language that somebody reads most easily, if the page is there in it: no more than a proposal.
const spoken = (language) => language.split("-")[0];
const page = spoken(document.documentElement.lang);
const wanted = navigator.languages.map(spoken);
const better = wanted.slice(0, wanted.includes(page) ? wanted.indexOf(page) : undefined);
const proposed = better
  .map((language) => document.querySelector(`.languages a[lang|="${CSS.escape(language)}"]`))
  .find((link) => link);
if (proposed) {
  proposed.className = "proposed";
  proposed.title = proposed.dataset.proposal;
}

each(".copy", (button) => {
  const address = button.previousElementSibling;
  if (!navigator.clipboard) return;
  // A button that changes its own words says nothing to who only hears it.
  const told = document.createElement("span");
  told.className = "unseen";
  told.setAttribute("role", "status");
  button.after(told);
  const say = (words) => (button.textContent = told.textContent = words);
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(address.innerText.trim());
      say(button.dataset.done);
    } catch {
      // Who refuses the clipboard to the site can still take the address with one touch.
      say(button.dataset.refused);
    }
  });
});

each(".share", (button) => {
  if (!navigator.share) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const title = document.querySelector("h1").innerText;
    // Who changes their mind has shared nothing: there is nothing to say.
    navigator.share({ title, url: location.href }).catch(() => {});
  });
});

each(".print", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});

addEventListener("beforeprint", () => {
  const today = inWords(new Date());
  each(".printed-on", (place) => (place.textContent = today));
  each("details", (folded) => (folded.open = true));
});

// --- A copy that is read without network (sw.js shows it), for who asks --------------------------

each(".keeping", (keeping) => {
  const workers = navigator.serviceWorker;
  if (!workers || !window.caches) return;

  // The cache is the page's own: it holds the copy and its scripts, and goes with them.
  const here = location.origin + location.pathname;
  const part = (name) => keeping.querySelector(`.${name}`);

  const found = () =>
    caches.match(here, { cacheName: here, ignoreVary: true }).catch(() => undefined);

  const say = async (said) => {
    const copy = await found();
    if (copy) part("day").textContent = inWords(new Date(copy.headers.get("date")));
    const told = said || (copy && "kept");
    each("[data-said]", (words) => (words.hidden = words.dataset.said !== told), keeping);
    each("[data-if]", (shown) => (shown.hidden = (shown.dataset.if === "copy") !== !!copy), keeping);
  };

  const take = async (address) => {
    const answer = await fetch(address, { cache: "no-cache", credentials: "omit" });
    if (!answer.ok || answer.redirected) throw new Error(address);
    return answer;
  };

  // The notice is in the copy itself: it is read even where scripts are refused.
  const dated = (page, sent) => {
    const notice = page.querySelector("template.of-copy").content;
    const now = new Date();
    notice.querySelector(".day").textContent = inWords(now);
    page.querySelector("main").prepend(notice);
    const headers = new Headers(sent);
    headers.set("date", now.toUTCString());
    // Those of what was sent, not of this text.
    ["content-encoding", "content-length", "etag"].forEach((name) => headers.delete(name));
    return new Response(`<!DOCTYPE html>${page.documentElement.outerHTML}`, { headers });
  };

  const gather = async () => {
    const answer = await take(here);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const scripts = [...page.scripts].map(async ({ src }) => [src, await take(src)]);
    // The page is the last to be put away: until then the copy of before is whole.
    return [...(await Promise.all(scripts)), [here, dated(page, answer.headers)]];
  };

  const store = async (gathered) => {
    const cache = await caches.open(here);
    for (const [address, answer] of gathered) await cache.put(address, answer);
    const addresses = gathered.map(([address]) => address);
    const earlier = (await cache.keys()).filter(({ url }) => !addresses.includes(url));
    await Promise.all(earlier.map((request) => cache.delete(request)));
    await workers.register(keeping.dataset.worker, { scope: location.pathname });
    await workers.ready;
  };

  const erase = async () => {
    await caches.delete(here);
    const worker = await workers.getRegistration(here);
    // Without one of its own, it would be that of a page above.
    if (worker && worker.scope === here) await worker.unregister();
  };

  part("keep").addEventListener("click", async () => {
    await say("waiting");
    const gathered = await gather().catch(() => undefined);
    if (!gathered) return say("unreached");
    const before = await found();
    try {
      await store(gathered);
      await say("kept");
    } catch {
      // No room, or a private window.
      if (!before) await erase().catch(() => undefined);
      await say("refused");
    }
  });

  part("erase").addEventListener("click", async () => {
    await erase();
    await say("erased");
    part("keep").focus();
  });

  say();
  keeping.hidden = false;
});
