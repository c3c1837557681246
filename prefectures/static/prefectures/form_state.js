/* What a form of the admin holds, taken as plain values and put back: rows that were added, searched
   choices, rich texts. For the scripts that give back what was not saved (coming_back.js,
   keeping.js); by itself it does nothing. */
globalThis.formState = (() => {
  const LEFT_OUT =
    /^_|^csrfmiddlewaretoken$|-(TOTAL_FORMS|INITIAL_FORMS|MIN_NUM_FORMS|MAX_NUM_FORMS)$|-__prefix__-/;
  const UNTAKEN = "[type=password], [type=file], [type=submit], [type=button]";

  const prefixesOf = (form) =>
    [...form.querySelectorAll("[name$=-TOTAL_FORMS]")].map((field) =>
      field.name.replace("-TOTAL_FORMS", ""),
    );
  const rowsOf = (form, prefix) => [
    ...form.querySelectorAll(`#${prefix}-group .inline-related:not(.empty-form)`),
  ];
  const isBox = (field) => field.matches("[type=checkbox], [type=radio]");
  const isSearched = (field) => field.matches("select.admin-autocomplete");

  // Boxes of one question share their name.
  const fieldsOf = (form) => {
    const found = new Map();
    for (const field of form.elements) {
      if (!field.name || LEFT_OUT.test(field.name)) continue;
      if (!field.matches("input, select, textarea") || field.matches(UNTAKEN)) continue;
      found.set(field.name, [...(found.get(field.name) ?? []), field]);
    }
    return found;
  };

  // --- Taking -----------------------------------------------------------------------------------

  const optionsChosen = (field, asSent) => {
    const chosen = [...field.options].filter((each) => (asSent ? each.defaultSelected : each.selected));
    return asSent && !field.multiple && !chosen.length ? [...field.options].slice(0, 1) : chosen;
  };

  const valueOf = (fields, asSent) => {
    const [field] = fields;
    if (isBox(field)) {
      const ticked = fields.filter((each) => (asSent ? each.defaultChecked : each.checked));
      return ticked.map((each) => [each.value]);
    }
    if (field.tagName !== "SELECT") return asSent ? field.defaultValue : field.value;
    const chosen = optionsChosen(field, asSent).filter((option) => option.value);
    return chosen.map((option) => [option.value, option.text]);
  };

  // Return {name: text, or [[value, words], …] of what is chosen}. ``asSent``: as the server sent
  // it, whatever was typed, or filled in by the browser, since.
  const take = (form, { asSent = false } = {}) => {
    const named = [...fieldsOf(form)].map(([name, fields]) => [name, valueOf(fields, asSent)]);
    return Object.fromEntries(named);
  };

  const meaning = (value) => (Array.isArray(value) ? value.map(([key]) => key).join() : value);

  // Return the names of what differs between two forms that were taken.
  const changed = (one, other) =>
    [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(
      (name) => meaning(one[name]) !== meaning(other[name]),
    );

  // --- Putting back -----------------------------------------------------------------------------

  const added = (form, prefix) => {
    const count = rowsOf(form, prefix).length;
    form.querySelector(`#${prefix}-group .add-row a`)?.click();
    const rows = rowsOf(form, prefix);
    return rows.length > count ? rows.at(-1).id : undefined;
  };

  // Return where each row that was taken stands now ({"links-2": "links-3"}): a row that is saved is
  // known by its key, however many stand before it by now; the others are added. One that was
  // deleted meanwhile is added too, if somebody had written in it.
  const placesOf = (form, values, written) => {
    const places = {};
    const revived = [];
    const keyOf = (row) => form.elements[`${row}-id`]?.value;
    for (const prefix of prefixesOf(form)) {
      const names = Object.keys(values).filter((name) => name.startsWith(`${prefix}-`));
      const there = rowsOf(form, prefix).map((row) => row.id);
      const fresh = there.filter((row) => !keyOf(row));
      const rank = (row) => Number(row.split("-").at(-1));
      const taken = [...new Set(names.map((name) => name.replace(/-[^-]*$/, "")))];
      for (const row of taken.sort((a, b) => rank(a) - rank(b))) {
        const key = values[`${row}-id`];
        places[row] = key ? there.find((each) => keyOf(each) === key) : fresh.shift();
        const isLost = key && !places[row];
        const isWritten = written.some((name) => name.startsWith(`${row}-`));
        if (isLost && (!isWritten || values[`${row}-DELETE`]?.length)) continue;
        places[row] ??= added(form, prefix);
        if (isLost && places[row]) revived.push(places[row]);
      }
    }
    return { places, revived };
  };

  // Return the words of what could not be chosen again.
  const putInto = (fields, value) => {
    const [field] = fields;
    let lost = [];
    if (isBox(field)) {
      const ticked = value.map(([key]) => key);
      for (const each of fields) each.checked = ticked.includes(each.value);
      lost = value.filter(([key]) => !fields.some((each) => each.value === key));
    } else if (isSearched(field)) {
      field.replaceChildren(...value.map(([key, words]) => new Option(words, key, false, true)));
    } else if (field.tagName === "SELECT") {
      const chosen = value.map(([key]) => key);
      const options = [...field.options];
      for (const option of options) option.selected = chosen.includes(option.value);
      if (!field.multiple && !field.selectedOptions.length) field.value = "";
      lost = value.filter(([key]) => !options.some((option) => option.value === key));
    } else field.value = value;
    for (const each of fields) each.dispatchEvent(new Event("change", { bubbles: true }));
    return lost.map(([key, words]) => words ?? key);
  };

  const labelOf = (form, field) => {
    const row = field.closest(".inline-related")?.querySelector(".inline_label");
    const label = form.querySelector(`label[for="${field.id}"]`);
    const words = [row, label].map((each) => each?.textContent.replace(/\s+/g, " ").trim());
    return words.filter(Boolean).join(", ").replace(/\s*:$/, "");
  };

  // Put what was taken into the form; ``written`` names what somebody had changed in it. Return the
  // ids of the rows that came back though they had been deleted, and [[label, words]] of what was
  // written and can be put nowhere.
  const put = (form, values, written = []) => {
    const { scrollX, scrollY, document: { activeElement } } = window;
    const { places, revived } = placesOf(form, values, written);
    const prefixes = prefixesOf(form);
    const fields = fieldsOf(form);
    const lost = [];
    for (const [name, value] of Object.entries(values)) {
      let target = name;
      if (prefixes.some((prefix) => name.startsWith(`${prefix}-`))) {
        const [, row, part] = name.match(/^(.*)-([^-]*)$/);
        // Its key is the server's to give; a row that is gone has nothing to delete.
        if (!places[row] || part === "id") continue;
        target = `${places[row]}-${part}`;
      }
      const words = fields.has(target) ? putInto(fields.get(target), value) : [];
      if (words.length && written.includes(name)) {
        lost.push([labelOf(form, fields.get(target)[0]), words.join(", ")]);
      }
    }
    // The other scripts arrange what the browser puts back then.
    dispatchEvent(new Event("pageshow"));
    // Adding a row goes to it.
    activeElement.focus({ preventScroll: true });
    scrollTo(scrollX, scrollY);
    return { revived, lost };
  };

  return { prefixesOf, rowsOf, take, changed, put };
})();
