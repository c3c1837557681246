/* What is pasted into a rich text goes by the server, which knows what Word and the préfectures'
   pages mean; when it does not answer, the editor does what it can. */
(() => {
  const place = document.querySelector("form [data-paste-url]");
  if (!place) return;
  const form = place.closest("form");

  // Ours, on their way into the editor.
  const cleaned = new WeakSet();
  let queue = Promise.resolve();
  let waiting = 0;
  const LONGEST_WAIT = 8000;

  // Where incomplete links start from: the page that is quoted there, else the first source.
  const base = (area) => {
    const rows = [...form.querySelectorAll("#links-group .inline-related:not(.empty-form)")];
    const part = (row, name) => row.querySelector(`[name$="-${name}"]`)?.value || "";
    const quotation = area.closest("#quotations-group .inline-related");
    const quoted = quotation ? part(quotation, "link") : "";
    const row =
      rows.find((each) => quoted && part(each, "id") === quoted) ||
      rows.find((each) => part(each, "kind") === "source" && part(each, "url"));
    return row ? part(row, "url") : "";
  };

  const clean = async (html, area) => {
    const body = new FormData();
    body.set("html", withoutWeight(html));
    body.set("base", base(area));
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    const response = await fetch(place.dataset.pasteUrl, {
      method: "POST",
      body,
      signal: AbortSignal.timeout(LONGEST_WAIT),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error);
    return answer.html;
  };

  const insert = (area, html, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", html);
    clipboardData.setData("text/plain", text);
    // Firefox makes paste events without what they are given.
    const event = new Event("paste", { bubbles: true, cancelable: true });
    Object.defineProperty(event, "clipboardData", { value: clipboardData });
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
      waiting += 1;
      queue = queue.then(async () => {
        let result = html;
        let complaint = "";
        try {
          result = await clean(html, area);
        } catch {
          complaint =
            "Le texte est collé, mais le site n’a pas pu le nettoyer : relisez listes, tableaux et liens.";
        }
        waiting -= 1;
        insert(area, result, text);
        if (complaint) area.closest(".form-row")?.append(place);
        place.textContent = complaint;
      });
    },
    true,
  );

  // A text that is still on its way belongs to what is saved.
  form.addEventListener(
    "submit",
    (event) => {
      if (!waiting) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const button = event.submitter;
      queue.then(() => form.requestSubmit(button));
    },
    true,
  );
})();
