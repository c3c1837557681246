/* Names for screen readers, where a script puts something else in the place of a labelled field:
   the rich-text editor's area, and the search boxes of select2. */
(() => {
  const nameAfter = (element, field) => {
    const label = field && document.querySelector(`label[for="${field.id}"]`);
    if (!label) return;
    label.id ||= `${field.id}_label`;
    element.setAttribute("aria-labelledby", label.id);
    element.dataset.named = "yes";
  };
  const nameAll = () => {
    for (const area of document.querySelectorAll(".ProseMirror:not([data-named])")) {
      nameAfter(area, area.closest(".prose-editor")?.querySelector("textarea"));
    }
    const parts = ".select2-search__field, .select2-selection--single, .select2-selection--single [role=textbox]";
    for (const part of document.querySelectorAll(parts)) {
      if (part.dataset.named) continue;
      nameAfter(part, part.closest(".select2")?.parentElement.querySelector("select"));
    }
  };
  new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
  nameAll();
})();
