/* How to write a field is shown while one is in it, over what follows: Escape takes it away. */
(() => {
  const { form } = window.sheetForm ?? {};
  if (!form) return;

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const line = event.target.closest(".form-row:not(.is-quiet)");
    const isThere = [...(line?.querySelectorAll(".help") ?? [])].some(
      (help) => getComputedStyle(help).position === "absolute" && help.getClientRects().length,
    );
    if (isThere) line.classList.add("is-quiet");
  });
  form.addEventListener("focusout", ({ target }) => {
    target.closest(".form-row")?.classList.remove("is-quiet");
  });
})();
