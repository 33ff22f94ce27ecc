// Values as people type and read them, to the plain spelling that expressions know, and back. See app/vietnamese.

const MISSING = undefined;
const NUMBERS = ["integer", "decimal", "percent", "area", "money", "year"];
const ROMAN = { i: 1, ii: 2, iii: 3, iv: 4 };

/** "1.234,5", "1.5", "5 %", "810.000 đồng" to "1234.5", "1.5", "5", "810000"; missing when it is no number. */
export function plainNumber(text) {
  const bare = text.trim().replace(/\s*(%|đồng|vnđ|vnd|đ|₫)$/i, "").replaceAll("−", "-").replace(/\s+/g, " ");
  for (const [group, point] of [[".", ","], [",", "."], [" ", ","], [" ", "."]]) {
    const number = read(bare, group, point);
    if (number !== MISSING) return number;
  }
  return MISSING;
}

function read(text, group, point) {
  const [, sign, digits] = /^([+-]?)\s*(.*)$/.exec(text);
  const [whole, ...rest] = digits.split(point);
  if (rest.length > 1 || (rest.length === 1 && !/^\d+$/.test(rest[0]))) return MISSING;
  const parts = whole.split(group);
  const grouped = parts.length > 1 && /^[1-9]\d{0,2}$/.test(parts[0]) && parts.slice(1).every((part) => /^\d{3}$/.test(part));
  if (!/^\d+$/.test(whole) && !grouped) return MISSING;
  return (sign === "-" ? "-" : "") + parts.join("") + (rest.length ? `.${rest[0]}` : "");
}

/** "26/11/2026" or "2026-11-26" to the latter; missing when it is not written so. */
export function plainDate(text) {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text.trim())) return text.trim();
  const found = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(text.trim());
  return found ? `${found[3]}-${found[2].padStart(2, "0")}-${found[1].padStart(2, "0")}` : MISSING;
}

/** "17:00, 26/11/2026" or the other way round to "2026-11-26T17:00". */
function plainMoment(text) {
  const parts = text.replaceAll(",", " ").trim().split(/[\sT]+/);
  const time = parts.find((part) => part.includes(":"));
  const day = plainDate(parts.find((part) => part !== time) || "");
  const clock = plainTime(time || "");
  return day && clock && parts.length === 2 ? `${day}T${clock}` : MISSING;
}

function plainTime(text) {
  const found = /^(\d{1,2}):(\d{2})$/.exec(text.trim());
  return found ? `${found[1].padStart(2, "0")}:${found[2]}` : MISSING;
}

function plainMonth(text) {
  const found = /^(?:tháng\s*)?(\d{1,2})\s*[/-]\s*(\d{4})$/i.exec(text.trim());
  return found ? `${found[2]}-${found[1].padStart(2, "0")}` : /^\d{4}-\d{2}$/.test(text.trim()) ? text.trim() : MISSING;
}

function plainQuarter(text) {
  const found = /^(?:quý|q)?\s*([1-4]|iii|ii|iv|i)\s*[/-]\s*(\d{4})$/i.exec(text.trim());
  return found ? `${found[2]}-Q${ROMAN[found[1].toLowerCase()] || found[1]}` : MISSING;
}

const flag = (text) => text === "true";
const READERS = {
  yes_no: flag, pledge: flag, date: plainDate, datetime: plainMoment, time: plainTime, month: plainMonth, quarter: plainQuarter,
};

/** What stands in a control of this type, for expressions. */
export function plain(type, text) {
  if (text.trim() === "") return MISSING;
  if (NUMBERS.includes(type)) return plainNumber(text);
  return type in READERS ? READERS[type](text) : text.trim().replace(/\s+/g, " ");
}

/** A plain value as people read it: 1.234,5 and 26/11/2026. */
export function shown(type, value) {
  if (value === MISSING || value === null || typeof value === "object") return "";
  if (typeof value === "boolean") return "";
  const text = String(value);
  if (type === "year") return text;
  if (NUMBERS.includes(type)) {
    const [, sign, whole, fraction] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) || [];
    if (whole === MISSING) return text;
    return sign + whole.replace(/\B(?=(\d{3})+$)/g, ".") + (fraction ? `,${fraction}` : "");
  }
  const day = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}).*)?$/.exec(text);
  if (day) return `${day[4] ? `${day[4]}, ` : ""}${day[3]}/${day[2]}/${day[1]}`;
  const quarter = /^(\d{4})-Q([1-4])$/.exec(text);
  return quarter ? `quý ${quarter[2]}/${quarter[1]}` : text.replace(/^(\d{4})-(\d{2})$/, "$2/$1");
}

/** The exact sum of plain numbers; missing ones count nothing. */
export function sumOf(numbers) {
  const known = numbers.filter((one) => typeof one === "string" && /^-?\d+(\.\d+)?$/.test(one));
  const places = Math.max(0, ...known.map((one) => (one.split(".")[1] || "").length));
  const total = known.reduce((sum, one) => sum + scaled(one, places), 0n);
  const digits = String(total < 0n ? -total : total).padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, "");
  return (total < 0n ? "-" : "") + whole + (fraction ? `.${fraction}` : "");
}

function scaled(text, places) {
  const [whole, fraction = ""] = text.split(".");
  return BigInt(whole + fraction.padEnd(places, "0"));
}
