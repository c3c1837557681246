/* A list's filters: open beside the table, folded above it where there is no room for both. */
(() => {
  const filters = document.querySelector("details.list-filters");
  if (!filters) return;
  const wide = matchMedia("(min-width: 1500px)");
  const fold = () => {
    filters.open = wide.matches;
  };
  wide.addEventListener("change", fold);
  fold();
})();
