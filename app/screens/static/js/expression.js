// Evaluates the trees that the server writes for show, require and compute rules (app/definition/expression/browser.py
// describes them) with the same three truth values: true, false and null for "not known". Numbers are exact fractions of
// big integers, so 0.1 + 0.2 is 0.3 here too. No dependency, no network; the server always decides again.

export const MISSING = null;

const DECIMALS = 12;
const LARGEST = 10n ** 30n;

/** The value of a whole expression: true, false, decimal text, ISO text, an option key, an array, or null. */
export function evaluate([kind, tree], env, row = {}) {
  const value = run(tree, env, { cells: row });
  return value === MISSING ? MISSING : LEAVE[kind](value);
}

// -- exact numbers -----------------------------------------------------------------------------------------------------

class Fraction {
  constructor(above, below = 1n) {
    const sign = below < 0n ? -1n : 1n;
    const shared = greatestDivisor(above, below) || 1n;
    this.above = (sign * above) / shared;
    this.below = (sign * below) / shared;
  }
}

function greatestDivisor(a, b) {
  a = a < 0n ? -a : a;
  b = b < 0n ? -b : b;
  while (b) [a, b] = [b, a % b];
  return a;
}

const NUMBER = /^(-?)(\d{1,40})(?:\.(\d{1,40}))?$/;

function fraction(text) {
  const match = NUMBER.exec(String(text));
  if (!match) return MISSING;
  const [, sign, whole, decimals = ""] = match;
  return new Fraction(BigInt(sign + whole + decimals), 10n ** BigInt(decimals.length));
}

const plus = (a, b) => new Fraction(a.above * b.below + b.above * a.below, a.below * b.below);
const negative = (a) => new Fraction(-a.above, a.below);
const minus = (a, b) => plus(a, negative(b));
const times = (a, b) => new Fraction(a.above * b.above, a.below * b.below);
const over = (a, b) => (b.above === 0n ? MISSING : new Fraction(a.above * b.below, a.below * b.above));
const whole = (number) => new Fraction(BigInt(number));
const absolute = (a) => (a.above < 0n ? negative(a) : a);

function roundedDown(a) {
  const quotient = a.above / a.below;
  return new Fraction(a.above < 0n && a.above % a.below !== 0n ? quotient - 1n : quotient);
}

/** Half away from zero. */
function halfUp(a, places) {
  const scale = 10n ** BigInt(places);
  const scaled = absolute(a).above * scale;
  const rounded = (2n * scaled + a.below) / (2n * a.below);
  return new Fraction(a.above < 0n ? -rounded : rounded, scale);
}

function decimalText(a) {
  const size = absolute(a);
  if (size.above >= LARGEST * size.below) return MISSING;
  const scaled = halfUp(size, DECIMALS);
  const digits = String((scaled.above * 10n ** BigInt(DECIMALS)) / scaled.below).padStart(DECIMALS + 1, "0");
  const decimals = digits.slice(-DECIMALS).replace(/0+$/, "");
  const text = digits.slice(0, -DECIMALS) + (decimals && "." + decimals);
  return a.above < 0n && text !== "0" ? "-" + text : text;
}

const LEAVE = {
  v: (value) => value,
  n: decimalText,
  p: (value) => decimalText(times(value, whole(100))),
  m: (value) => decimalText(halfUp(value, 0)),
  c: (value) => decimalText(halfUp(value, 2)),
};

// -- values of the form ------------------------------------------------------------------------------------------------

function known(value, kind) {
  if (value === undefined || value === null || value === "") return MISSING;
  if (kind === "n") return fraction(value);
  if (kind === "p") {
    const number = fraction(value);
    return number && over(number, whole(100));
  }
  return kind === "t" ? moment(value) : value;
}

/** "2026-08-05 09:00" and "2026-08-05T09:00:00" are one moment. */
const moment = (text) => (text.length === 16 ? text + ":00" : text).replace(" ", "T");

/** Below zero, zero or above, as for sort. */
function order(a, b) {
  if (a instanceof Fraction) {
    const difference = a.above * b.below - b.above * a.below;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

const same = (a, b) => order(a, b) === 0;
const includes = (values, value) => values.some((each) => same(each, value));

// -- dates, as ISO text ------------------------------------------------------------------------------------------------

const day = (text) => text.slice(0, 10);
const dateParts = (text) => day(text).split("-").map(Number);

function dayNumber(text) {
  const [year, month, date] = dateParts(text);
  return new Date(0).setUTCFullYear(year, month - 1, date) / 86400000;
}

function monthsBetween(first, last) {
  if (day(last) < day(first)) return -monthsBetween(last, first);
  const [firstYear, firstMonth, firstDay] = dateParts(first);
  const [year, month, date] = dateParts(last);
  const months = (year - firstYear) * 12 + month - firstMonth;
  const end = new Date(0);
  end.setUTCFullYear(year, month, 0);
  return date >= firstDay || date === end.getUTCDate() ? months : months - 1;
}

// -- text --------------------------------------------------------------------------------------------------------------

/** Without case, diacritics and doubled spaces, as in searching. */
function searchKey(text) {
  const bare = text.normalize("NFKD").toLowerCase().normalize("NFKD").replace(/[\p{Mn}\p{Me}\p{Cf}]/gu, "");
  return bare.replace(/[đðɖ]/g, "d").split(/\s+/).filter(Boolean).join(" ");
}

const FUNCTIONS = {
  min: (...values) => values.reduce((a, b) => (order(b, a) < 0 ? b : a)),
  max: (...values) => values.reduce((a, b) => (order(b, a) > 0 ? b : a)),
  abs: absolute,
  round: (number, places = whole(0)) => halfUp(number, Number(places.above)),
  floor: roundedDown,
  ceil: (number) => negative(roundedDown(negative(number))),
  length: (text) => whole([...text].length),
  starts_with: (text, start) => searchKey(text).startsWith(searchKey(start)),
  contains: (text, part) => searchKey(text).includes(searchKey(part)),
  has: includes,
  year: (date) => whole(dateParts(date)[0]),
  month: (date) => whole(dateParts(date)[1]),
  day: (date) => whole(dateParts(date)[2]),
  days_between: (first, last) => whole(Math.round(dayNumber(last) - dayNumber(first))),
  months_between: (first, last) => whole(monthsBetween(first, last)),
  years_between: (first, last) => whole(Math.trunc(monthsBetween(first, last) / 12)),
};

// -- the tree ----------------------------------------------------------------------------------------------------------

const COMPARE = {
  "==": (sign) => sign === 0,
  "!=": (sign) => sign !== 0,
  "<": (sign) => sign < 0,
  "<=": (sign) => sign <= 0,
  ">": (sign) => sign > 0,
  ">=": (sign) => sign >= 0,
};
const COMBINE = { "+": plus, "-": minus, "*": times, "/": over };

function run(tree, env, row) {
  const [word, ...parts] = tree;
  return word in COMPARE ? compare(word, parts, env, row) : NODES[word](parts, env, row);
}

function compare(sign, [left, right], env, row) {
  const a = run(left, env, row);
  const b = a === MISSING ? MISSING : run(right, env, row);
  return b === MISSING ? MISSING : COMPARE[sign](order(a, b));
}

/** `and` (false decides) and `or` (true decides); else one unknown makes the whole unknown. */
function decide(truths, decisive) {
  let result = !decisive;
  for (const truth of truths) {
    if (truth === decisive) return decisive;
    if (truth === MISSING) result = MISSING;
  }
  return result;
}

function* each(trees, env, row) {
  for (const tree of trees) yield run(tree, env, row);
}

function all(trees, env, row) {
  const values = [...each(trees, env, row)];
  return values.includes(MISSING) ? MISSING : values;
}

function chain([signs, ...trees], env, row) {
  const values = all(trees, env, row);
  if (values === MISSING) return MISSING;
  return values.slice(1).reduce((sum, value, at) => sum && COMBINE[signs[at + 1]](sum, value), values[0]);
}

function change([tree], env, row, how) {
  const value = run(tree, env, row);
  return value === MISSING ? MISSING : how(value);
}

function among([item, options, negated], env, row) {
  const value = run(item, env, row);
  if (options[0] !== "list") {
    const values = value === MISSING ? MISSING : run(options, env, row);
    return values === MISSING ? MISSING : includes(values, value) !== negated;
  }
  if (value === MISSING) return options.length > 1 ? MISSING : negated;
  const equal = [...each(options.slice(1), env, row)].map((option) => (option === MISSING ? MISSING : same(option, value)));
  const found = decide(equal, true);
  return found === MISSING ? MISSING : found !== negated;
}

function call([name, ...trees], env, row) {
  const values = all(trees, env, row);
  if (values === MISSING) return MISSING;
  return FUNCTIONS[name](...values);
}

function lookup([kind, ...trees], env, row) {
  const values = all(trees, env, row);
  const answer = env["lookup()"];
  return values === MISSING || !answer ? MISSING : known(answer(...values), kind);
}

const lines = (env, table) => env[table] || [];
const cells = (rows, column, kind) => rows.map((cells) => known(cells[column], kind)).filter((cell) => cell !== MISSING);

const GATHER = {
  count: (values) => whole(values.length),
  sum: (values) => values.reduce(plus, whole(0)),
  min: (values) => (values.length ? FUNCTIONS.min(...values) : MISSING),
  max: (values) => (values.length ? FUNCTIONS.max(...values) : MISSING),
};

function overRows([name, source, condition], env, row) {
  if (!condition) return GATHER[name](run(source, env, row) ?? []);
  const rows = lines(env, source[1]);
  const truths = rows.map((cells) => run(condition, env, { cells, outer: row }));
  if (name === "any" || name === "all") return decide(truths, name === "any");
  const chosen = rows.filter((_, at) => truths[at] === true);
  return source[0] === "cells" ? GATHER.sum(cells(chosen, source[2], source[3])) : GATHER.count(chosen);
}

const NODES = {
  n: ([text]) => fraction(text),
  v: ([value]) => value,
  get: ([name, kind], env) => known(env[name], kind),
  own: ([column, kind], env, row) => known(row.cells[column], kind),
  outer: ([column, kind], env, row) => known(row.outer.cells[column], kind),
  cells: ([table, column, kind], env) => cells(lines(env, table), column, kind),
  list: (trees, env, row) => [...each(trees, env, row)].filter((value) => value !== MISSING),
  not: (parts, env, row) => change(parts, env, row, (truth) => !truth),
  "-": (parts, env, row) => change(parts, env, row, negative),
  date: (parts, env, row) => change(parts, env, row, day),
  and: (trees, env, row) => decide(each(trees, env, row), false),
  or: (trees, env, row) => decide(each(trees, env, row), true),
  in: among,
  missing: ([item, negated], env, row) => {
    const value = run(item, env, row);
    return (value === MISSING || (Array.isArray(value) && value.length === 0)) !== negated;
  },
  sum: chain,
  product: chain,
  if: ([condition, then, otherwise], env, row) => {
    const truth = run(condition, env, row);
    return truth === MISSING ? MISSING : run(truth ? then : otherwise, env, row);
  },
  call,
  lookup,
  over: overRows,
};
