/* A text area is as high as its text, in browsers whose styles do not see to it. */
(() => {
  const { form } = window.sheetForm ?? {};
  if (!form || CSS.supports("field-sizing", "content")) return;

  const grow = (area) => {
    if (!area.getClientRects().length) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  };
  const growAll = (place) => place.querySelectorAll("textarea").forEach(grow);

  form.addEventListener("input", ({ target }) => target.matches("textarea") && grow(target));
  form.addEventListener("row:opened", ({ target }) => growAll(target));
  form.addEventListener("toggle", ({ target }) => growAll(target), true);
  addEventListener("pageshow", () => growAll(form));
})();
