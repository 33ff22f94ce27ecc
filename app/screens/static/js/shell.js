// The frame of every page: menu on phones, "/" to search, small conveniences. Each page reads and submits without it.

const NARROW = matchMedia("(max-width: 60rem)");

const menu = document.querySelector("[data-menu]");
if (menu) {
  const nav = document.getElementById(menu.getAttribute("aria-controls"));
  const show = (open) => {
    nav.classList.toggle("is-open", open);
    menu.setAttribute("aria-expanded", String(open));
    if (open) nav.querySelector("a")?.focus();
  };
  menu.addEventListener("click", () => show(!nav.classList.contains("is-open")));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && nav.classList.contains("is-open")) {
      show(false);
      menu.focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (nav.classList.contains("is-open") && !nav.contains(event.target) && !menu.contains(event.target)) show(false);
  });
}

const search = document.querySelector("[data-search]");
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && search && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    search.focus();
  }
});

// A summary of mistakes takes the focus, so that it is read out and its links are the next stop.
document.querySelector("[data-focus]")?.focus();

// Filters fold away on phones, unless one of them is in use.
for (const button of document.querySelectorAll("[data-fold]")) {
  const folded = document.getElementById(button.dataset.fold);
  const used = [...folded.querySelectorAll("input:not([type=hidden]), select")].some((control) => control.value !== "");
  const fold = (shut) => {
    folded.classList.toggle("is-folded", shut);
    button.setAttribute("aria-expanded", String(!shut));
  };
  button.hidden = false;
  fold(NARROW.matches && !used);
  button.addEventListener("click", () => fold(!folded.classList.contains("is-folded")));
}

// A chosen filter applies at once.
for (const select of document.querySelectorAll("select[data-submits]")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}

for (const button of document.querySelectorAll("[data-reveal]")) {
  const control = document.getElementById(button.dataset.reveal);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = control.type === "text";
    control.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
  });
}

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.querySelector("span").textContent = button.dataset.done;
  });
}

// Several rows at once: the bar appears with the first tick and says how many there are.
for (const form of document.querySelectorAll("form[data-bulk]")) {
  const bar = form.querySelector("[data-bulkbar]");
  if (!bar) continue;
  const ticks = [...form.querySelectorAll("input[name=work]")];
  const all = form.querySelector("[data-all]");
  const chosen = bar.querySelector("[data-chosen]");
  const refresh = () => {
    const amount = ticks.filter((tick) => tick.checked).length;
    bar.hidden = amount === 0;
    chosen.textContent = chosen.dataset.text.replace("{}", String(amount));
    for (const tick of ticks) {
      if (tick.checked) tick.closest("tr").setAttribute("aria-selected", "true");
      else tick.closest("tr").removeAttribute("aria-selected");
    }
    all.firstElementChild.checked = amount === ticks.length;
  };
  all.hidden = false;
  all.firstElementChild.addEventListener("change", (event) => {
    for (const tick of ticks) tick.checked = event.target.checked;
    refresh();
  });
  form.addEventListener("change", refresh);
  form.addEventListener("reset", () => setTimeout(refresh));
  refresh();
}
