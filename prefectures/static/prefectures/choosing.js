/* Choosing by typing: an office, a commune. Enter takes what was typed, never what the list still
   shows of before; one types at once, without opening the list; the sheet's own département comes
   first. */
(() => {
  const $ = django.jQuery;
  const SEARCH = ".select2-search__field";

  // What each list shows the answer to.
  const answered = new WeakMap();
  let open = null;
  let wanted = null;

  $(document).on("select2:opening", ({ target }) => {
    open = $(target).data("select2");
    if (answered.has(open)) return;
    const list = open;
    answered.set(list, null);
    list.on("results:all", ({ query }) => {
      answered.set(list, query.term ?? "");
      if (wanted?.list !== list || wanted.typed !== query.term) return;
      wanted = null;
      list.trigger("results:select", {});
    });
  });
  document.addEventListener(
    "keydown",
    (event) => {
      const { key, target } = event;
      if (key !== "Enter" || !open?.isOpen() || !target.matches(SEARCH)) return;
      if (answered.get(open) === target.value) return;
      event.preventDefault();
      event.stopPropagation();
      // Until something else is typed.
      wanted = { list: open, typed: target.value };
    },
    true,
  );

  document.addEventListener("keydown", (event) => {
    const { key, target, ctrlKey, altKey, metaKey } = event;
    if (key.length > 1 || key === " " || ctrlKey || altKey || metaKey) return;
    const box = target.closest?.(".select2-selection--single");
    if (!box) return;
    $(box).closest(".select2").prev("select").select2("open");
    const field = document.querySelector(`.select2-container--open ${SEARCH}`);
    if (!field) return;
    event.preventDefault();
    // The list takes the focus a moment later only: whoever types fast has typed the rest by then.
    field.focus();
    field.value += key;
    $(field).trigger("input");
  });

  $.ajaxPrefilter((options) => {
    const departement = document.getElementById("id_departement")?.value;
    if (!departement || !options.url.includes("/autocomplete/")) return;
    options.url += `?departement=${encodeURIComponent(departement)}`;
  });
})();
