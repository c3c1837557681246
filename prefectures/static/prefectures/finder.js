/* Suggests places while one types; without it, the field still searches. */
"use strict";

const field = document.getElementById("q");

if (field) {
  const has = (element, about) => {
    for (const name in about) element.setAttribute(name, about[name]);
    return element;
  };
  const made = (tag, about) => has(document.createElement(tag), about);

  const list = made("ul", {
    id: "q-places", class: "suggestions", role: "listbox", "aria-label": field.dataset.places,
  });
  const status = made("p", { class: "unseen", role: "status" });
  has(field, { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id });
  field.form.append(list, status);

  let asked, timer, options, chosen;

  const choose = (number) => {
    options[chosen]?.removeAttribute("aria-selected");
    chosen = number;
    const option = options[chosen];
    if (!option) return field.removeAttribute("aria-activedescendant");
    has(option, { "aria-selected": true });
    has(field, { "aria-activedescendant": option.id });
  };

  const show = (places) => {
    options = places.map(([name, where, address], number) => {
      const option = made("li", { id: `q-${number}`, role: "option", "data-address": address });
      const small = made("small");
      small.textContent = where;
      option.append(name, " ", small);
      return option;
    });
    choose(-1);
    list.replaceChildren(...options);
    list.hidden = !options.length;
    has(field, { "aria-expanded": !list.hidden });
    status.textContent = list.hidden ? "" : field.dataset.count.replace("#", options.length);
  };

  const ask = async () => {
    asked = new AbortController();
    const { signal } = asked;
    const address = `${field.form.action}propositions/?q=${encodeURIComponent(field.value)}`;
    const places = await fetch(address, { signal, credentials: "omit" })
      .then((answer) => (answer.ok ? answer.json() : []))
      .catch(() => []);
    if (!signal.aborted) show(places);
  };

  const stop = () => {
    clearTimeout(timer);
    asked?.abort();
  };

  const go = (option) => option && location.assign(option.dataset.address);

  const keys = {
    ArrowDown: () => choose(chosen + 1 < options.length ? chosen + 1 : -1),
    ArrowUp: () => choose(chosen < 0 ? options.length - 1 : chosen - 1),
    Enter: () => go(options[chosen]),
    Escape: () => show([]),
  };

  const on = (element, kind, act) => element.addEventListener(kind, act);

  show([]);
  on(field, "input", () => {
    stop();
    if (field.value.trim()) timer = setTimeout(ask, 120);
    else show([]);
  });
  on(field, "keydown", (event) => {
    const act = keys[event.key];
    if (list.hidden || !act || event.isComposing || (event.key === "Enter" && chosen < 0)) return;
    event.preventDefault();
    act();
  });
  on(field, "blur", () => {
    stop();
    show([]);
  });
  // Else the field loses the focus, and the list is gone before the touch ends.
  on(list, "mousedown", (event) => event.preventDefault());
  on(list, "click", (event) => go(event.target.closest("li")));
}
