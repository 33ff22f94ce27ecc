// Live conditions and repeating rows of generated forms. The server decides again; without this module the form still works.
import { evaluate } from "./expression.js";

const MISSING = undefined;
const NUMBERS = ["integer", "decimal", "percent", "area", "money", "year"];

/** "1.234,5" as people type it to the plain spelling that expressions read; missing when it is no number. */
export function plainNumber(text) {
  const bare = text.trim().replaceAll(" ", "");
  if (bare === "") return MISSING;
  const commas = bare.split(",").length - 1;
  const grouped = /^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(bare);
  const plain = grouped ? bare.replaceAll(".", "").replace(",", ".") : commas === 1 ? bare.replace(",", ".") : bare;
  return /^-?\d+(\.\d+)?$/.test(plain) ? plain : MISSING;
}

/** "26/11/2026" to "2026-11-26"; missing when it is not written so. */
export function plainDate(text) {
  const found = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(text.trim());
  return found ? `${found[3]}-${found[2].padStart(2, "0")}-${found[1].padStart(2, "0")}` : MISSING;
}

function typed(type, text) {
  if (text === "") return MISSING;
  if (type === "yes_no" || type === "pledge") return text === "true";
  if (NUMBERS.includes(type)) return plainNumber(text);
  if (type === "date") return plainDate(text);
  return text;
}

function textOf(box, name) {
  const controls = [...box.querySelectorAll(`[name="${CSS.escape(name)}"]`)].filter((one) => !one.disabled);
  const ticked = controls.filter((one) => one.type === "radio" || one.type === "checkbox");
  if (ticked.length) return ticked.filter((one) => one.checked).map((one) => one.value);
  return controls.filter((one) => one.type !== "hidden").map((one) => one.value);
}

function valueOf(box) {
  const type = box.dataset.type;
  const name = `f.${box.dataset.field}`;
  if (type === "table") return rowsOf(box);
  const texts = textOf(box, name);
  if (type === "choices") return texts.length ? texts : MISSING;
  return texts.length ? typed(type, texts[0]) : MISSING;
}

function rowsOf(box) {
  return [...box.querySelectorAll("tbody [data-row]")].map((row) => {
    const cells = {};
    for (const control of row.querySelectorAll("[name]")) {
      const parts = control.name.split(".");
      if (parts.length === 4 && control.value !== "") cells[parts[3]] = plainNumber(control.value) ?? control.value;
    }
    return cells;
  });
}

function answers(form) {
  const env = {};
  for (const box of form.querySelectorAll("[data-field]")) {
    if (!box.hidden) env[box.dataset.field] = valueOf(box);
  }
  for (const control of form.querySelectorAll("[data-name]")) {
    if ((control.type === "radio" || control.type === "checkbox") && !control.checked) continue;
    env[control.dataset.name] = control.value === "" ? MISSING : control.dataset.flag ? control.value === "true" : control.value;
  }
  return env;
}

/** Show, ask and compute until nothing changes any more; a hidden field counts as missing. */
export function refresh(form) {
  for (let round = 0; round < 20; round += 1) {
    if (!refreshOnce(form)) break;
  }
}

function refreshOnce(form) {
  const env = answers(form);
  let changed = false;
  for (const box of form.querySelectorAll("[data-field]")) {
    if (box.dataset.shows) {
      const hide = evaluate(JSON.parse(box.dataset.shows), env) !== true;
      if (hide !== box.hidden) {
        box.hidden = hide;
        changed = true;
      }
    }
    if (box.dataset.asks) {
      const mark = box.querySelector("[data-optional]");
      if (mark) mark.hidden = evaluate(JSON.parse(box.dataset.asks), env) === true;
    }
    if (box.dataset.computes) {
      const output = box.querySelector("[data-output]");
      const value = evaluate(JSON.parse(box.dataset.computes), env);
      if (output) output.textContent = typeof value === "object" || value === MISSING ? "–" : String(value).replace(".", ",");
    }
  }
  return changed;
}

function addRow(box) {
  const table = box.querySelector("[data-rows]");
  const body = table.querySelector("tbody");
  const rows = [...body.querySelectorAll("[data-row]")];
  if (rows.length >= Number(table.dataset.most)) return;
  const key = String(Math.max(0, ...rows.map((row) => Number(row.dataset.row) || 0)) + 1);
  const holder = document.createElement("tbody");
  holder.append(box.querySelector("template[data-blank]").content.cloneNode(true));
  const row = holder.firstElementChild;
  row.dataset.row = key;
  for (const part of row.querySelectorAll("*")) {
    for (const name of ["name", "id", "for", "aria-describedby", "value"]) {
      const text = part.getAttribute(name);
      if (text) part.setAttribute(name, text.replace(/([.-])new(?=[.-]|$)/, `$1${key}`).replace(/^new$/, key));
    }
    const label = part.getAttribute("aria-label");
    if (label) part.setAttribute("aria-label", label.replace(/0(?!.*0)/, String(rows.length + 1)));
  }
  body.append(row);
  row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
}

export function enliven(form) {
  form.addEventListener("input", () => refresh(form));
  form.addEventListener("change", () => refresh(form));
  form.addEventListener("click", (event) => {
    const add = event.target.closest("[data-add-row]");
    const drop = event.target.closest("[data-drop-row]");
    if (!add && !drop) return;
    event.preventDefault();
    if (add) addRow(add.closest("[data-field]"));
    else drop.closest("[data-row]").remove();
    refresh(form);
  });
  refresh(form);
}

for (const form of document.querySelectorAll("form[data-live]")) enliven(form);
