// Intake: the promise, the fees and the papers asked for follow what is typed. The server works them out; nothing is saved here.

const form = document.querySelector("form[data-preview]");
const summary = document.getElementById("hen");
let waiting = 0;
let asked = 0;

function words(text) {
  return new Set((text || "").split(" ").filter(Boolean));
}

function showPapers(panel) {
  const shown = words(panel.dataset.papers);
  const required = words(panel.dataset.requiredPapers);
  for (const paper of form.querySelectorAll("[data-paper]")) {
    const key = paper.dataset.paper;
    paper.hidden = !shown.has(key);
    paper.querySelector("[data-required]").hidden = !required.has(key);
    paper.querySelector("[data-not-required]").hidden = required.has(key);
  }
}

/** Values taken over from elsewhere go where nobody has typed; what was taken before may change with its origin. */
function takeOver(values) {
  for (const [name, text] of Object.entries(values)) {
    for (const control of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (control.dataset.touched || control.type === "hidden") continue;
      const ticked = control.type === "radio" || control.type === "checkbox";
      if (ticked ? control.checked === (control.value === text) : control.value === text) continue;
      if (ticked) control.checked = control.value === text;
      else control.value = text;
      control.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
}

/** What was ticked or typed while the answer was on its way stays. */
function keep(name, checked, value) {
  const control = summary.querySelector(`[name="${CSS.escape(name)}"]`);
  if (!control) return;
  if (control.type === "checkbox") control.checked = checked;
  else control.value = value;
}

async function preview() {
  const number = (asked += 1);
  const data = new FormData(form);
  for (const [name, value] of [...data.entries()]) if (value instanceof File) data.delete(name);
  const answer = await fetch(form.dataset.preview, { method: "POST", body: data, headers: { "X-Requested-With": "fetch" } });
  if (!answer.ok || number !== asked) return;
  const text = await answer.text();
  if (number !== asked) return;
  const focused = document.activeElement?.name;
  const kept = [...summary.querySelectorAll("input[name]")].map((one) => [one.name, one.checked, one.value]);
  summary.innerHTML = text;
  for (const [name, checked, value] of kept) keep(name, checked, value);
  if (focused) summary.querySelector(`[name="${CSS.escape(focused)}"]`)?.focus();
  const panel = summary.querySelector("[data-papers]");
  showPapers(panel);
  takeOver(JSON.parse(panel.dataset.taken || "{}"));
}

function soon(event) {
  if (event.isTrusted && event.target.name) {
    for (const control of form.querySelectorAll(`[name="${CSS.escape(event.target.name)}"]`)) control.dataset.touched = "1";
  }
  if (event.target.type === "file") {
    const chosen = event.target.closest("[data-paper]")?.querySelector("[data-chosen]");
    if (chosen) chosen.textContent = [...event.target.files].map((file) => file.name).join(", ");
    return;
  }
  clearTimeout(waiting);
  waiting = setTimeout(preview, 400);
}

if (form && summary) {
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
}
