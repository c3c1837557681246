/* What is pasted into a rich text goes by the server, which knows what Word and the préfectures'
   pages mean; when it does not answer, the editor does what it can. */
(() => {
  const place = document.querySelector("form [data-paste-url]");
  if (!place) return;
  const form = place.closest("form");

  // Ours, on their way into the editor.
  const cleaned = new WeakSet();
  let queue = Promise.resolve();

  // Where incomplete links start from: the page that is quoted, else the first source.
  const base = () => {
    const rows = [...form.querySelectorAll("#links-group .inline-related:not(.empty-form)")];
    const part = (row, name) => row.querySelector(`[name$="-${name}"]`)?.value || "";
    const quoted = form.querySelector("#id_quoted_from")?.value;
    const row =
      rows.find((each) => quoted && part(each, "id") === quoted) ||
      rows.find((each) => part(each, "kind") === "source" && part(each, "url"));
    return row ? part(row, "url") : "";
  };

  const clean = async (html) => {
    const body = new URLSearchParams({
      html,
      base: base(),
      csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
    });
    const response = await fetch(place.dataset.pasteUrl, { method: "POST", body });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error);
    return answer.html;
  };

  const insert = (area, html, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", html);
    clipboardData.setData("text/plain", text);
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    cleaned.add(event);
    area.dispatchEvent(event);
  };

  document.addEventListener(
    "paste",
    (event) => {
      const area = event.target.closest?.(".ProseMirror");
      const html = event.clipboardData?.getData("text/html");
      // Plain text, or text of the editor's own, needs nobody.
      if (!area || !html || cleaned.has(event) || html.includes("data-pm-slice")) return;
      const text = event.clipboardData.getData("text/plain");
      event.preventDefault();
      event.stopImmediatePropagation();
      queue = queue.then(async () => {
        try {
          insert(area, await clean(html), text);
          place.textContent = "";
        } catch (error) {
          insert(area, html, text);
          place.textContent =
            "Le texte est collé, mais le site n’a pas pu le nettoyer : relisez listes et liens.";
        }
      });
    },
    true,
  );
})();
