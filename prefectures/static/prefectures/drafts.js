/* What somebody is writing, kept on this device until it is saved: where it is, how long it stays,
   when it goes. keeping.js takes it from the forms; this is on every page of the admin, which must
   forget. The site works without it, and keeps nothing then.

   Before a person has asked for it, nothing is stored. Each text has a key of its own, under the
   site and the person. A text goes when the server says that it took it: not when it is sent, which
   may come to nothing (no connection, no session, a refusal, a conflict). Each carries its name in
   the form's hidden field "draft"; the message of success, and nothing else, gives that name back.
   When the answer is lost on its way, the message comes with the next page. */
globalThis.drafts = (() => {
  const { site, person, signedOut } = document.currentScript.dataset;
  // Two bytes each; a site may keep some five million.
  const MOST_CHARACTERS = 500_000;
  const MOST_DRAFTS = 8;
  const LONGEST = 30 * 24 * 3600 * 1000;

  const PLACE = `brouillons:${site}:`;
  const ASKED = `${PLACE}${person}:oui`;
  // Who signed out last: a page of theirs that is still open keeps nothing more.
  const LEFT = `${PLACE}parti`;
  const keyOf = (id, whose = person) => `${PLACE}${whose}:texte:${id}`;

  // A browser may have no storage, refuse it, or have no room left.
  const safely = (action, otherwise) => {
    try {
      return action(localStorage);
    } catch {
      return otherwise;
    }
  };

  const read = (store, key) => {
    try {
      return JSON.parse(store.getItem(key));
    } catch {
      return null;
    }
  };

  const keysOfTexts = (store) =>
    Object.keys(store).filter((key) => key.startsWith(PLACE) && key.includes(":texte:"));
  const keysOf = (store, whose) => keysOfTexts(store).filter((key) => key.startsWith(keyOf("", whose)));
  const eraseAll = (store, whose) => keysOf(store, whose).forEach((key) => store.removeItem(key));

  // --- Keeping ----------------------------------------------------------------------------------

  const isAsked = () =>
    Boolean(person) &&
    safely((store) => store.getItem(ASKED) !== null && store.getItem(LEFT) !== person, false);

  // Return whether the browser could.
  const ask = (isWanted) =>
    safely((store) => {
      if (isWanted) {
        store.setItem(ASKED, "");
        return true;
      }
      store.removeItem(ASKED);
      eraseAll(store, person);
      return true;
    }, false);

  // Return [{id, …}] of what this person has not saved, newest first.
  const all = () =>
    safely((store) => {
      const found = keysOf(store, person).map((key) => ({
        ...read(store, key),
        id: key.slice(keyOf("").length),
      }));
      return found.filter((draft) => draft.values).sort((a, b) => b.at - a.at);
    }, []);

  const erase = (id) => safely((store) => store.removeItem(keyOf(id)));

  // Return whether the browser could.
  const keep = (id, draft) =>
    safely((store) => {
      const text = JSON.stringify(draft);
      if (text.length > MOST_CHARACTERS) return false;
      store.setItem(keyOf(id), text);
      for (const old of all().slice(MOST_DRAFTS)) erase(old.id);
      return true;
    }, false);

  // --- Forgetting -------------------------------------------------------------------------------

  safely((store) => {
    const saved = [...document.querySelectorAll(".messagelist [class*=saved-]")].map(
      (message) => message.className.match(/saved-([\w-]+)/)[1],
    );
    // Signed in on the way in place of somebody else, this person goes on with the text of the page.
    const here = document.querySelector("[name=draft]")?.value;
    for (const key of keysOfTexts(store)) {
      const id = key.split(":").at(-1);
      const isOld = !(read(store, key)?.at > Date.now() - LONGEST);
      const isTakenOver = person && id === here && key !== keyOf(id);
      if (isOld || isTakenOver || saved.includes(id)) store.removeItem(key);
    }
    if (store.getItem(LEFT) === person) store.removeItem(LEFT);
    const left = store.getItem(LEFT);
    if (signedOut && left) eraseAll(store, left);
  });

  // Browsers tell a window what another one stored a moment late: what was kept in between goes.
  addEventListener("storage", () =>
    safely((store) => {
      if (person && store.getItem(LEFT) === person) eraseAll(store, person);
    }),
  );

  document.getElementById("logout-form")?.addEventListener("submit", () => {
    if (!isAsked()) return;
    safely((store) => {
      eraseAll(store, person);
      store.setItem(LEFT, person);
    });
    // Called off, when the page asks whether to leave what is not saved.
    const stay = () => safely((store) => store.removeItem(LEFT));
    document.addEventListener("keydown", stay, { once: true });
    document.addEventListener("pointerdown", stay, { once: true });
  });

  return { isAsked, ask, all, keep, erase };
})();
