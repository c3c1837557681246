/* What a folded row says beside its name, from its own fields, as one types. */
(() => {
  const { form, allRows, part } = window.sheetForm ?? {};
  if (!form) return;

  const MOST = 3;
  const oneLine = (text) =>
    text.trim().replace(/([.,:;!?])?\s*\n\s*/g, (end, sign) => (sign ? `${sign} ` : ", "));
  const asText = (html) => {
    const place = document.createElement("template");
    place.innerHTML = html.replace(/<\/(p|li|h\d|blockquote)>|<br>/g, "\n");
    return oneLine(place.content.textContent);
  };
  const host = (address) => {
    try {
      return new URL(address).hostname.replace(/^www\./, "");
    } catch {
      return address;
    }
  };
  // Of an envelope, where it goes: its last line.
  const lastLine = (text) => text.trim().split("\n").at(-1).replace(/^\d{5}\s+/, "");

  // In the order in which one would say them.
  const PARTS = {
    label: oneLine,
    author: oneLine,
    office: oneLine,
    sheet: oneLine,
    value: oneLine,
    address: lastLine,
    url: host,
    phone: oneLine,
    email: oneLine,
    hours: oneLine,
    booking_code: oneLine,
    text: asText,
    instructions: oneLine,
    purpose: oneLine,
    note: oneLine,
  };

  const textOf = (field) => {
    if (!field?.value) return "";
    return field.tagName === "SELECT" ? field.selectedOptions[0].text : field.value;
  };

  const wordsOf = (row) => {
    const said = [];
    for (const [name, shorten] of Object.entries(PARTS)) {
      const text = textOf(part(row, name));
      if (text.trim() && said.length < MOST) said.push(shorten(text));
    }
    // "Autre" says nothing: what it obtains does.
    if (part(row, "kind")?.value === "other") said.unshift(oneLine(textOf(part(row, "role"))));
    if (row.querySelector(".contradiction")) said.unshift("se contredit");
    return said.filter(Boolean);
  };

  const tell = (row) => {
    const summary = row.querySelector("h3 .summary");
    if (summary) summary.textContent = wordsOf(row).map((words) => ` · ${words}`).join("");
  };

  const tellAll = () => allRows().forEach(tell);
  tellAll();
  addEventListener("pageshow", tellAll);
  form.addEventListener("rows:arranged", ({ target }) => {
    target.querySelectorAll(".inline-related").forEach(tell);
  });
  for (const name of ["input", "change"]) {
    form.addEventListener(name, ({ target }) => {
      const row = target.closest(".inline-related");
      // An editor gives its field the text a moment later.
      if (row) requestAnimationFrame(() => tell(row));
    });
  }
})();
