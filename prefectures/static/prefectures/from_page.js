/* The page of a préfecture, pasted: its links come along. Without this script its text is read. */
(() => {
  const form = document.getElementById("page-form");
  const text = form?.elements.text;
  if (!text) return;
  const { html } = form.elements;
  const status = form.querySelector(".pasted");
  // Of what one sends, in bytes: the site takes a little more.
  const MOST = 600000;
  const isHeavy = (words) => new Blob([words]).size > MOST;

  // What was pasted last came with its links.
  let isTaken = false;
  const say = (words) => {
    status.textContent = words;
  };
  const count = (number, one) => `${number.toLocaleString("fr-FR")} ${one}${number > 1 ? "s" : ""}`;

  text.addEventListener("paste", (event) => {
    const pasted = event.clipboardData?.getData("text/html");
    isTaken = false;
    if (!pasted) return;
    const isWhole = text.selectionEnd - text.selectionStart === text.value.length;
    const before = isWhole ? "" : html.value;
    // After what was typed without links, it is read as that is.
    if (!isWhole && !before) return;
    html.value = before + withoutWeight(pasted);
    if (isHeavy(html.value)) {
      html.value = "";
      say("Cette page est trop lourde pour être lue avec ses liens : copiez seulement la partie qui parle de la demande.");
      return;
    }
    const links = (html.value.match(/<a\s[^>]*href/gi) || []).length;
    isTaken = true;
    say(`La page est là, avec ${count(links, "lien")}.`);
  });

  // With its links, the page need not be sent without them too; and comes back with them.
  form.addEventListener("submit", (event) => {
    text.name = html.value ? "" : "text";
    if (html.value || !isHeavy(text.value)) return;
    event.preventDefault();
    say("Cette page est trop longue pour être lue d’un coup : gardez la partie qui parle de la demande.");
    text.focus();
  });
  addEventListener("pageshow", () => {
    text.name = "text";
    if (html.value && !text.value) say("La page que vous avez collée est encore là, avec ses liens.");
  });

  text.addEventListener("input", ({ inputType }) => {
    const isOfThePage = isTaken && inputType === "insertFromPaste";
    isTaken = false;
    if (!isOfThePage && html.value) {
      html.value = "";
      say("Le texte a été changé à la main : il sera lu sans ses liens. Collez-le à nouveau pour les retrouver.");
    }
  });
})();
