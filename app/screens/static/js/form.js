// Live conditions, computed values, totals and repeating rows of generated forms. The server decides again; without this
// module the form still works.
import { evaluate } from "./expression.js";
import { plain, shown, sumOf } from "./values.js";

const MISSING = undefined;
const ROUNDS = 20;

function textsOf(box, name) {
  const controls = [...box.querySelectorAll(`[name="${CSS.escape(name)}"]`)].filter((one) => !one.disabled);
  const ticked = controls.filter((one) => one.type === "radio" || one.type === "checkbox");
  if (ticked.length) return ticked.filter((one) => one.checked).map((one) => one.value);
  return controls.filter((one) => one.type !== "hidden").map((one) => one.value);
}

/** An address, a person, a file: there or missing, nothing more is asked of them here. */
function partsOf(box, name) {
  const controls = [...box.querySelectorAll("[name]")].filter((one) => one.name.startsWith(`${name}.`) || one.type === "file");
  const filled = controls.some((one) => (one.type === "checkbox" ? one.checked : one.type !== "hidden" && one.value !== ""));
  return filled ? {} : MISSING;
}

function valueOf(box, name) {
  const type = box.dataset.type;
  const output = box.querySelector("[data-output]");
  if (output) return output.value === "–" ? MISSING : (output.dataset.plain ?? plain(type, output.value));
  if (["address", "party", "parcel", "coordinate", "file"].includes(type)) return partsOf(box, name);
  const texts = textsOf(box, name);
  if (type === "choices") return texts.length ? texts : MISSING;
  return texts.length ? plain(type, texts[0]) : MISSING;
}

function cellsOf(row, table) {
  const cells = {};
  for (const cell of row.querySelectorAll("[data-cell]")) {
    cells[cell.dataset.cell] = valueOf(cell, `f.${table}.${row.dataset.row}.${cell.dataset.cell}`);
  }
  return cells;
}

const rowsOf = (box) => [...box.querySelectorAll("tbody [data-row]")].map((row) => cellsOf(row, box.dataset.field));
const isEmpty = (cells) => Object.values(cells).every((value) => value === MISSING);

function answers(form) {
  const env = JSON.parse(form.dataset.known || "{}");
  for (const box of form.querySelectorAll("[data-field]")) {
    const name = box.dataset.field;
    if (box.hidden) env[name] = MISSING;
    else env[name] = box.dataset.type === "table" ? rowsOf(box).filter((cells) => !isEmpty(cells)) : valueOf(box, `f.${name}`);
  }
  for (const control of form.querySelectorAll("[data-name]")) {
    if ((control.type === "radio" || control.type === "checkbox") && !control.checked) continue;
    env[control.dataset.name] = control.value === "" ? MISSING : control.dataset.flag ? control.value === "true" : control.value;
  }
  return env;
}

/** Show, ask and compute until nothing changes any more; a hidden field counts as missing. */
export function refresh(form) {
  for (let round = 0; round < ROUNDS; round += 1) {
    if (!refreshOnce(form)) break;
  }
  refreshTotals(form, answers(form));
  for (const part of form.querySelectorAll("[data-part]")) {
    part.hidden = [...part.querySelectorAll("[data-field]")].every((box) => box.hidden);
  }
}

function refreshOnce(form) {
  const env = answers(form);
  let changed = false;
  for (const box of form.querySelectorAll("[data-field]")) {
    if (box.dataset.asks) {
      const mark = box.querySelector("[data-optional]");
      if (mark) mark.hidden = evaluate(JSON.parse(box.dataset.asks), env) === true;
    }
    changed = show(box, env, {}) || compute(box, env, {}) || changed;
    for (const row of box.querySelectorAll("tbody [data-row]")) changed = refreshRow(row, box, env) || changed;
  }
  return changed;
}

function refreshRow(row, box, env) {
  let changed = false;
  const cells = cellsOf(row, box.dataset.field);
  for (const cell of row.querySelectorAll("[data-shows], [data-computes]")) {
    changed = showCell(cell, env, cells) || compute(cell, env, cells) || changed;
  }
  return changed;
}

function show(box, env, cells) {
  if (!box.dataset.shows) return false;
  const hide = evaluate(JSON.parse(box.dataset.shows), env, cells) !== true;
  if (hide === box.hidden) return false;
  box.hidden = hide;
  return true;
}

/** A cell keeps its place in the row; what stands in it goes. */
function showCell(cell, env, cells) {
  if (!cell.dataset.shows) return false;
  const hide = evaluate(JSON.parse(cell.dataset.shows), env, cells) !== true;
  if (cell.classList.contains("is-off") === hide) return false;
  cell.classList.toggle("is-off", hide);
  return true;
}

function compute(box, env, cells) {
  if (!box.dataset.computes) return false;
  const output = box.querySelector("[data-output]");
  const value = evaluate(JSON.parse(box.dataset.computes), env, cells);
  if (!output || output.dataset.plain === String(value)) return false;
  output.dataset.plain = String(value);
  if (value === null || value === MISSING) delete output.dataset.plain;
  const before = output.textContent;
  output.textContent = shown(box.dataset.type, value) || "–";
  return before !== output.textContent;
}

function refreshTotals(form, env) {
  for (const output of form.querySelectorAll("[data-total]")) {
    const box = output.closest("[data-field]");
    const sum = sumOf((env[box.dataset.field] || []).map((cells) => cells[output.dataset.total]));
    output.textContent = shown("decimal", sum);
    const mark = output.parentElement.querySelector("[data-equals]");
    if (!mark) continue;
    const expected = evaluate(JSON.parse(mark.dataset.equals), env);
    mark.classList.toggle("is-wrong", typeof expected === "string" && sumOf([sum, `-${expected}`.replace("--", "")]) !== "0");
  }
}

function addRow(box) {
  const table = box.querySelector("[data-rows]");
  const body = table.querySelector("tbody");
  const rows = [...body.querySelectorAll("[data-row]")];
  if (rows.length >= Number(table.dataset.most)) return;
  const used = rows.map((row) => Number(row.dataset.row) || 0);
  const key = String(Math.max(0, Number(table.dataset.last) || 0, ...used) + 1);
  table.dataset.last = key; // the key of a row that was removed is not given again
  const holder = document.createElement("tbody");
  holder.append(box.querySelector("template[data-blank]").content.cloneNode(true));
  const row = holder.firstElementChild;
  row.dataset.row = key;
  for (const part of row.querySelectorAll("*")) {
    for (const name of ["name", "id", "for", "aria-describedby", "value"]) {
      const text = part.getAttribute(name);
      if (text) part.setAttribute(name, text.replace(/([.-])new(?=[.-]|$)/g, `$1${key}`).replace(/^new$/, key));
    }
  }
  body.append(row);
  row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
}

function dropRow(row) {
  const next = row.nextElementSibling || row.previousElementSibling;
  const box = row.closest("[data-field]");
  row.remove();
  const focus = next ? next.querySelector("input:not([type=hidden]), select, textarea") : box.querySelector("[data-add-row]");
  focus?.focus();
}

/** Rows are called by their place, for people who hear the page. */
function numberRows(box) {
  [...box.querySelectorAll("tbody [data-row]")].forEach((row, at) => {
    for (const part of row.querySelectorAll("[aria-label]")) {
      part.setAttribute("aria-label", part.getAttribute("aria-label").replace(/\d+(?!.*\d)/, String(at + 1)));
    }
  });
  const table = box.querySelector("[data-rows]");
  const full = table.querySelectorAll("tbody [data-row]").length >= Number(table.dataset.most);
  box.querySelector("[data-add-row]").disabled = full;
}

export function enliven(form) {
  form.addEventListener("input", () => refresh(form));
  form.addEventListener("change", () => refresh(form));
  form.addEventListener("click", (event) => {
    const add = event.target.closest("[data-add-row]");
    const drop = event.target.closest("[data-drop-row]");
    if (!add && !drop) return;
    event.preventDefault();
    const box = (add || drop).closest("[data-field]");
    if (add) addRow(box);
    else dropRow(drop.closest("[data-row]"));
    numberRows(box);
    refresh(form);
    form.dispatchEvent(new Event("change"));
  });
  refresh(form);
}

for (const form of document.querySelectorAll("form[data-live]")) enliven(form);
