/* What a page proposes, taken, changed or left with one key; the words that it comes from light up
   in the text. Without this script: boxes, "Changer", and a link to the words. */
(() => {
  const form = document.getElementById("review-form");
  if (!form) return;
  const text = form.querySelector(".page-text");
  const rows = () =>
    [...form.querySelectorAll(".proposal")].filter((row) => row.getClientRects().length);
  const boxOf = (row) => row.querySelector("input[type=checkbox]");
  const marksOf = (row) =>
    [...text.querySelectorAll("mark")].filter((mark) =>
      mark.dataset.for.split(" ").includes(row.dataset.number),
    );

  const NARROW = matchMedia("(max-width: 1023px)");

  let lit = null;
  const light = (row) => {
    if (row === lit) return;
    lit = row;
    for (const mark of text.querySelectorAll("mark.lit")) mark.classList.remove("lit");
    for (const each of form.querySelectorAll(".proposal.here")) each.classList.remove("here");
    row.classList.add("here");
    const marks = marksOf(row);
    for (const mark of marks) mark.classList.add("lit");
    if (!marks.length) return;
    // Within its frame: the page itself stays where the keyboard is.
    const frame = text.getBoundingClientRect();
    text.scrollTop += marks[0].getBoundingClientRect().top - frame.top - frame.height / 3;
  };

  const goTo = (row, by) => {
    const all = rows();
    const next = all[all.indexOf(row) + by];
    if (next) boxOf(next).focus();
    return Boolean(next);
  };

  form.addEventListener("focusin", ({ target }) => {
    const row = target.closest(".proposal");
    if (row) light(row);
  });

  form.addEventListener("keydown", (event) => {
    const row = event.target.closest(".proposal");
    if (!row) return;
    const changing = row.querySelector("details");
    const isInLine = event.key === "Enter" && event.target.matches("input, select");
    if ((event.key === "Escape" || isInLine) && changing?.contains(event.target)) {
      changing.open = false;
      boxOf(row).focus();
    } else if (event.target !== boxOf(row)) {
      return;
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      goTo(row, event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      boxOf(row).checked = false;
      goTo(row, 1);
    } else if (event.key === "Enter" && changing) {
      changing.open = true;
      boxOf(row).checked = true;
      changing.querySelector("select, textarea, input").focus();
    } else {
      return;
    }
    event.preventDefault();
  });

  addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[name=_fill]"));
    }
  });

  // What is changed is wanted.
  form.addEventListener("change", ({ target }) => {
    const row = target.closest(".proposal");
    if (row && target !== boxOf(row)) boxOf(row).checked = true;
  });

  form.addEventListener("click", (event) => {
    const link = event.target.closest(".words a");
    if (!link) return;
    event.preventDefault();
    const row = link.closest(".proposal");
    light(row);
    // Where the text stands below, one goes there.
    if (NARROW.matches) marksOf(row)[0]?.scrollIntoView({ block: "center" });
  });

  boxOf(rows()[0] ?? form)?.focus({ preventScroll: true });
})();
