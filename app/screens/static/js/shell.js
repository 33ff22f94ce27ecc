// The frame of every page: menu on phones, "/" to search. Each page reads and submits without it.

const menu = document.querySelector("[data-menu]");
if (menu) {
  const nav = document.getElementById(menu.getAttribute("aria-controls"));
  menu.addEventListener("click", () => {
    const open = nav.classList.toggle("is-open");
    menu.setAttribute("aria-expanded", String(open));
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
