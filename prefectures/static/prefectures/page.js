/* What a telephone or a printer can do more with a sheet; without this the page is whole. */
"use strict";

const each = (selector, act) => document.querySelectorAll(selector).forEach(act);

each(".copy", (button) => {
  const address = button.previousElementSibling;
  if (!navigator.clipboard) return;
  // A button that changes its own words says nothing to who only hears it.
  const told = document.createElement("span");
  told.className = "unseen";
  told.setAttribute("role", "status");
  button.after(told);
  const say = (words) => (button.textContent = told.textContent = words);
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(address.innerText.trim());
      say("Adresse copiée");
    } catch {
      // Who refuses the clipboard to the site can still take the address with one touch.
      say("Touchez l’adresse pour la choisir");
    }
  });
});

each(".share", (button) => {
  if (!navigator.share) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const title = document.querySelector("h1").innerText;
    // Who changes their mind has shared nothing: there is nothing to say.
    navigator.share({ title, url: location.href }).catch(() => {});
  });
});

each(".print", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});

addEventListener("beforeprint", () => {
  const today = new Date().toLocaleDateString("fr-FR");
  each(".printed-on", (place) => (place.textContent = today));
  each("details", (folded) => (folded.open = true));
});
