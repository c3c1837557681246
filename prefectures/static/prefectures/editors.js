/* What a rich-text editor shows is what is sent. Its hidden field may be given another text than
   the one it was made from: a browser that goes back to a form fills it in again, after the fact. */
(() => {
  // The text of each field for which its editor stands.
  const shown = new WeakMap();
  const editorOf = (field) => field.closest(".prose-editor")?.querySelector(".tiptap")?.editor;
  const fieldsIn = (place) => [...place.querySelectorAll(".prose-editor textarea")];

  const says = (editor, text) => text === (editor.isEmpty ? "" : editor.getHTML());

  // Return whether the editor had to be given another text.
  const follow = (field) => {
    const editor = editorOf(field);
    if (!editor || field.value === shown.get(field)) return false;
    shown.set(field, field.value);
    if (says(editor, field.value)) return false;
    editor.commands.setContent(field.value, { emitUpdate: false });
    return true;
  };

  document.addEventListener("prose-editor:ready", ({ detail: { textarea } }) => {
    shown.set(textarea, textarea.value);
  });
  for (const name of ["input", "change"]) {
    document.addEventListener(name, ({ target }) => {
      if (target.matches("textarea")) follow(target);
    });
  }
  addEventListener("pageshow", () => fieldsIn(document).forEach(follow));

  // Whatever gave a field its text without saying so: nobody has read it yet.
  document.addEventListener(
    "submit",
    (event) => {
      const unread = fieldsIn(event.target).filter(follow);
      if (!unread.length) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const note = document.createElement("p");
      note.className = "errornote";
      note.setAttribute("role", "alert");
      note.textContent = "Ce texte vient de changer : relisez-le, puis enregistrez à nouveau.";
      unread[0].closest(".form-row")?.prepend(note);
      editorOf(unread[0]).commands.focus();
    },
    true,
  );
})();
