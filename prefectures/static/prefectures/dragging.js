/* A row is dragged by its handle: it moves as its buttons "Monter" and "Descendre" move it, which
   the keyboard has. */
(() => {
  const { form, allRows, rowsOf, part, move } = window.sheetForm ?? {};
  if (!form) return;

  const NEAR_THE_EDGE = 120;
  const STEP = 14;
  const middle = (row) => {
    const { top, height } = row.querySelector("h3").getBoundingClientRect();
    return top + height / 2;
  };

  const drag = (row, y, isDown) => {
    const rows = rowsOf(row.closest(".inline-group"));
    const index = rows.indexOf(row);
    const next = rows[index + (isDown ? 1 : -1)];
    if (next && (isDown ? y > middle(next) : y < middle(next))) move(row, isDown ? 1 : -1);
    if (y < NEAR_THE_EDGE) scrollBy(0, -STEP);
    if (y > innerHeight - NEAR_THE_EDGE) scrollBy(0, STEP);
  };

  // By the document: the handle leaves the page for a moment while its row is put elsewhere.
  const follow = (row, { pointerId, clientY }) => {
    const done = new AbortController();
    let last = clientY;
    const on = (name, act) =>
      document.addEventListener(name, (event) => event.pointerId === pointerId && act(event), {
        signal: done.signal,
      });
    const end = () => {
      done.abort();
      row.classList.remove("is-dragged");
    };
    row.classList.add("is-dragged");
    on("pointermove", ({ clientY: y }) => {
      if (y !== last) drag(row, y, y > last);
      last = y;
    });
    on("pointerup", end);
    on("pointercancel", end);
  };

  const prepare = (row) => {
    const title = row.querySelector("h3");
    if (!part(row, "order") || title.querySelector(".handle")) return;
    const handle = document.createElement("span");
    handle.className = "handle";
    handle.title = "Glisser pour déplacer";
    handle.setAttribute("aria-hidden", "true");
    title.prepend(handle);
    handle.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      event.preventDefault();
      follow(row, event);
    });
  };

  allRows().forEach(prepare);
  document.addEventListener("formset:added", ({ target }) => prepare(target));
})();
