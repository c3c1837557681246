/* The bar that stays in view: what is unsaved, what is missing to publish. Without this script its
   buttons and the reason are there all the same. */
(() => {
  const { form, allRows, isRemoved, unsaved, cameBack } = window.sheetForm ?? {};
  const bar = form?.querySelector(".bar");
  if (!bar) return;

  const asked = JSON.parse(bar.dataset.missing);
  const isNew = bar.dataset.isNew === "true";
  const value = (name) => form.elements[name]?.value.trim();
  const isChosen = (name) => form.querySelector(`[name="${name}"]:checked`) !== null;

  // --- What is unsaved --------------------------------------------------------------------------

  const counted = (count) => (count > 1 ? `${count} champs modifiés` : "1 champ modifié");
  const unsavedInWords = () => {
    const count = unsaved();
    if (cameBack || (isNew && count)) return "à enregistrer";
    if (count) return `${counted(count)}, à enregistrer`;
    return isNew ? "rien n’est encore écrit" : "tout est enregistré";
  };

  // --- What is missing to publish ---------------------------------------------------------------

  // More than what each new row has from the start.
  const saysSomething = (row) =>
    row.matches(".has_original") ||
    [...row.querySelectorAll(".row-body :is(input:not([type=checkbox]), textarea, select)")].some(
      (field) => field.name && !field.name.endsWith("-order") && field.value.trim() &&
        !(field.tagName === "SELECT" && field.options[0].value),
    );

  const missing = () => {
    const found = [];
    if (!value("departement")) found.push(["id_departement", asked.noDepartement]);
    if (!value("title")) found.push(["id_title", asked.noTitle]);
    const isTold = !asked.silent.includes(value("situation"));
    if (isTold && !isChosen("grounds")) found.push(["id_grounds", asked.noGround]);
    const hasRow = allRows().some((row) => !isRemoved(row) && saysSomething(row));
    if (!hasRow && !asked.texts.some(value)) found.push(["steps-group", asked.nothingToRead]);
    return found;
  };

  // The next thing to do, and how many there are.
  const next = bar.querySelector(".missing");
  const link = next.querySelector("a");
  const sayNext = (found) => {
    next.hidden = !found.length;
    if (!found.length) return;
    const [id, sentence] = found[0];
    next.querySelector(".of").textContent = found.length > 1 ? ` (1 sur ${found.length})` : "";
    link.href = `#${id}`;
    link.textContent = sentence;
  };

  const told = bar.querySelector(".unsaved");
  const publish = bar.querySelector("[name=_publish]");
  let before = null;
  const tell = () => {
    const words = unsavedInWords();
    // Said again only when it is something else: a screen reader reads it out.
    if (told.textContent !== words) told.textContent = words;
    bar.classList.toggle("is-unsaved", cameBack || unsaved() > 0);
    const publication = value("publication");
    const found = publication === asked.archived ? [] : missing();
    if (found.join() !== before) sayNext(found);
    before = found.join();
    publish.hidden = publication === asked.published;
  };

  let waiting = 0;
  const tellSoon = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(tell);
  };
  for (const name of ["input", "change", "rows:arranged"]) form.addEventListener(name, tellSoon);
  addEventListener("pageshow", tell);
  // What is chosen by searching changes without an event of the browser's.
  django.jQuery(form).on("change", tellSoon);
  tell();

  // Nothing in hand lies under the bar.
  new ResizeObserver(() => {
    document.documentElement.style.setProperty("--bar-height", `${bar.offsetHeight}px`);
  }).observe(bar);

  // --- By keyboard ------------------------------------------------------------------------------

  const reason = form.elements.reason;
  addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (key.toLowerCase() !== "s" || !(ctrlKey || metaKey) || altKey || shiftKey) return;
    event.preventDefault();
    if (reason.value.trim()) form.requestSubmit(bar.querySelector("[name=_save]"));
    else reason.focus();
  });
})();
