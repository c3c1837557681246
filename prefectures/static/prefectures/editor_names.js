/* The rich-text editor replaces each textarea with an area that has no name for a screen reader. */
(() => {
  const name = (area) => {
    const textarea = area.closest(".prose-editor")?.querySelector("textarea");
    const label = textarea && document.querySelector(`label[for="${textarea.id}"]`);
    if (!label) return;
    label.id ||= `${textarea.id}_label`;
    area.setAttribute("aria-labelledby", label.id);
  };
  const nameAll = () => document.querySelectorAll(".ProseMirror:not([aria-labelledby])").forEach(name);
  new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
  nameAll();
})();
