/* The parts of a sheet say what they hold: in the links that lead to them, and where they fold. */
(() => {
  const { form, rowsOf, isRemoved, isFilled, reveal } = window.sheetForm ?? {};
  const links = form?.querySelector("nav.sections");
  if (!links) return;

  const placeOf = (link) => document.getElementById(link.hash.slice(1));

  const countIn = (place) =>
    place.matches(".inline-group") ? rowsOf(place).filter((row) => !isRemoved(row)).length : null;

  // What a line holds, in a word where one can say it, else by the name of its field.
  const wordsOf = (line) => {
    const chosen = [...line.querySelectorAll("select")].flatMap((list) =>
      [...list.selectedOptions].map((option) => option.text),
    );
    if (chosen.length) return chosen;
    return [line.querySelector("label").textContent.replace(/\s*:\s*$/, "").toLowerCase()];
  };

  const tellFolded = (details) => {
    const summary = details.querySelector("summary");
    let place = summary.querySelector(".summary");
    if (!place) {
      place = document.createElement("span");
      place.className = "summary";
      summary.append(place);
    }
    const lines = [...details.querySelectorAll(".form-row")].filter(isFilled);
    const words = lines.flatMap(wordsOf).join(", ");
    place.textContent = ` · ${words || "rien"}`;
  };

  const tell = () => {
    for (const link of links.querySelectorAll("a")) {
      const place = placeOf(link);
      const count = place && countIn(place);
      if (count === null) continue;
      link.querySelector("span").textContent = count ? `(${count})` : "";
    }
    form.querySelectorAll("fieldset > details").forEach(tellFolded);
  };

  links.addEventListener("click", ({ target }) => {
    const place = target.closest("a") && placeOf(target.closest("a"));
    // The heading of a part that folds is what opens it: opened, one is in it with the next key.
    if (place) reveal(place);
  });
  for (const name of ["change", "rows:arranged"]) form.addEventListener(name, tell);
  django.jQuery(form).on("change", tell);
  addEventListener("pageshow", tell);
  tell();
})();
