/* The page of a préfecture, pasted: its links come along. Without this script its text is read. */
(() => {
  const form = document.getElementById("page-form");
  const text = form?.elements.text;
  if (!text) return;
  const { html } = form.elements;
  const status = form.querySelector(".pasted");
  const MOST = 500000;

  let isPasting = false;
  const say = (words) => {
    status.textContent = words;
  };
  const count = (number, one) => `${number.toLocaleString("fr-FR")} ${one}${number > 1 ? "s" : ""}`;

  text.addEventListener("paste", (event) => {
    const pasted = event.clipboardData?.getData("text/html");
    if (!pasted) return;
    isPasting = true;
    // What the browser puts in comes at once, in as many pieces as it has lines.
    setTimeout(() => {
      isPasting = false;
    });
    const isWhole = text.selectionEnd - text.selectionStart === text.value.length;
    const before = isWhole ? "" : html.value;
    if (!isWhole && !before) {
      // After what was typed without links, it is read as that is.
      isPasting = false;
      return;
    }
    html.value = before + withoutWeight(pasted);
    if (html.value.length > MOST) {
      html.value = "";
      say("Cette page est trop lourde pour être lue avec ses liens : copiez seulement la partie qui parle de la demande.");
      return;
    }
    const links = (html.value.match(/<a\s[^>]*href/gi) || []).length;
    say(`La page est là, avec ${count(links, "lien")}.`);
  });

  text.addEventListener("input", () => {
    if (!isPasting && html.value) {
      html.value = "";
      say("Le texte a été changé à la main : il sera lu sans ses liens. Collez-le à nouveau pour les retrouver.");
    }
  });
})();
