/* What is typed in a form with a history is kept on this device until it is saved, for whoever ticks
   the box; offered back after a crash, a lost connection, a session that ended. Where it is, and
   when it goes: drafts.js. Without this script a form has no such box. */
(() => {
  const mark = document.querySelector("form [name=draft]");
  if (!mark || document.body.classList.contains("popup")) return;
  const { form } = mark;
  const PAUSE = 1000;
  const REFUSED = "Ce navigateur ne peut pas garder votre texte.";

  // The reason is of the change, not of what is written: alone it is not worth keeping, and once
  // what it explains is saved it differs from an empty field.
  const OF_THE_CHANGE = ["draft", "seen_version", "reason", "public_reason", "is_minor"];
  const isOfTheObject = (name) => !OF_THE_CHANGE.includes(name);
  const differs = (one, other) => formState.changed(one, other).some(isOfTheObject);

  const asSent = formState.take(form, { asSent: true });
  // Come back from the server unsaved, or filled in on the way: it goes on with the text whose name
  // it has.
  const isRefused = form.querySelector(".errornote, [data-begun]") !== null;
  // Where it is sent, wherever it was filled in.
  const here = new URL(form.action, location.href).pathname;

  const make = (tag, attributes, ...content) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...content);
    return element;
  };

  let timer;
  let last = "";
  let isSent = false;
  let offers = null;

  // --- The box ----------------------------------------------------------------------------------

  // Without a name: it is not sent.
  const box = make("input", { type: "checkbox", id: "keeping" });
  const label = make(
    "label",
    { for: "keeping", class: "vCheckboxLabel" },
    "Garder ce que j’écris sur cet ordinateur jusqu’à l’enregistrement (pas sur un ordinateur partagé)",
  );
  const note = make("p", { class: "help", role: "status" });
  mark.closest("fieldset").append(make("div", { class: "form-row keeping" }, make("div", { class: "flex-container checkbox-row" }, box, label), note));
  const say = (words) => {
    if (note.textContent !== words) note.textContent = words;
  };
  const show = () => {
    // It is no change of the form.
    box.checked = box.defaultChecked = drafts.isAsked();
  };
  box.addEventListener("change", () => {
    const isDone = drafts.ask(box.checked);
    show();
    last = "";
    say(isDone ? "" : REFUSED);
    if (box.checked) keep();
    else offers?.remove();
  });
  // Asked in another window.
  addEventListener("storage", show);
  show();

  // --- Keeping ----------------------------------------------------------------------------------

  const keep = () => {
    clearTimeout(timer);
    // What is on its way was kept when it left; the page that comes may have to forget it.
    if (isSent || !drafts.isAsked()) return;
    store();
  };

  const store = () => {
    const values = formState.take(form);
    if (!isRefused && !differs(values, asSent)) {
      if (mark.value) drafts.erase(mark.value);
      last = "";
      return;
    }
    mark.value ||= crypto.getRandomValues(new Uint32Array(3)).join("-");
    const text = JSON.stringify([values, isSent]);
    if (text === last) return;
    last = text;
    const draft = {
      path: here,
      at: Date.now(),
      title: form.elements.title?.value || "",
      isSent,
      values: { ...values, draft: mark.value },
      changed: formState.changed(values, asSent),
    };
    say(drafts.keep(mark.value, draft) ? "" : REFUSED);
  };

  // Whatever somebody does may change the form: a row moved, a choice made in a list that lies
  // outside. What scripts and the browser fill in is nobody's doing.
  const wait = (event) => {
    if (!event.isTrusted) return;
    isSent = false;
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  };
  for (const name of ["input", "keydown", "click", "drop"]) {
    document.addEventListener(name, wait, true);
  }
  addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (event.submitter?.formTarget === "_blank" || event.defaultPrevented) return;
    isSent = true;
    if (drafts.isAsked()) store();
  });
  addEventListener("pageshow", () => {
    isSent = false;
  });

  // --- Giving back ------------------------------------------------------------------------------

  const inWords = (time) => {
    const two = (number) => String(number).padStart(2, "0");
    const day = new Date(time);
    const hour = `${day.getHours()}\u00a0h\u00a0${two(day.getMinutes())}`;
    return `${two(day.getDate())}/${two(day.getMonth() + 1)} à ${hour}`;
  };

  const sentence = ({ at, title, isSent: wasSent, values }) => {
    const named = title ? ` («\u00a0${title}\u00a0»)` : "";
    const what = wasSent
      ? `Un texte que vous aviez envoyé le ${inWords(at)}${named} n’est peut-être pas enregistré sur le site.`
      : `Un texte que vous aviez commencé le ${inWords(at)}${named} n’a pas été enregistré sur le site.`;
    const isOlder = values.seen_version !== asSent.seen_version;
    return isOlder ? `${what} Le site en a une version plus récente\u00a0: vous comparerez en enregistrant.` : what;
  };

  const told = ({ revived, lost }) => {
    const rows = revived.map((row) => document.querySelector(`#${row} .inline_label`)?.textContent.trim());
    return [
      ...rows.map((row) => `«\u00a0${row}\u00a0» avait été supprimé depuis\u00a0: c’est à nouveau dans le formulaire.`),
      ...lost.map(([name, words]) => `${name}\u00a0: «\u00a0${words}\u00a0» n’existe plus, choisissez à nouveau.`),
    ];
  };

  const answer = (line, ...content) => {
    const said = make("div", { role: "status", tabindex: "-1" }, ...content);
    line.replaceWith(said);
    said.focus();
  };

  const takeUp = (draft, line) => {
    const found = formState.put(form, draft.values, draft.changed);
    const list = told(found).map((each) => make("li", {}, each));
    answer(
      line,
      make("p", {}, "Votre texte est repris. Rien n’est encore enregistré\u00a0: relisez, puis enregistrez."),
      ...(list.length ? [make("ul", {}, ...list)] : []),
    );
  };

  const offer = (draft) => {
    const again = make("button", { type: "button", class: "button" }, "Le reprendre");
    const away = make("button", { type: "button", class: "button" }, "L’effacer");
    const line = make("div", {}, make("p", {}, sentence(draft)), again, " ", away);
    again.addEventListener("click", () => takeUp(draft, line));
    away.addEventListener("click", () => {
      drafts.erase(draft.id);
      answer(line, make("p", {}, "Ce texte est effacé."));
    });
    offers ??= make("section", { class: "kept", "aria-label": "Texte gardé sur cet ordinateur" });
    offers.append(line);
    form.before(offers);
  };

  const start = () => {
    if (!drafts.isAsked()) return;
    if (isRefused) {
      keep();
      return;
    }
    const shown = formState.take(form);
    for (const draft of drafts.all().filter(({ path }) => path === here)) {
      if (!differs(draft.values, asSent)) drafts.erase(draft.id);
      else if (!differs(draft.values, shown)) mark.value = draft.id;
      else {
        // The browser gave its name back, and not the text.
        if (mark.value === draft.id) mark.value = "";
        offer(draft);
      }
    }
  };
  // After the scripts that make the rows, and those that put them back.
  django.jQuery(() => setTimeout(start));
})();
