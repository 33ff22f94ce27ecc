"""The closed list of functions (section 5.3): how each is written, how many values it takes, who can work it out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Function:
    """``most`` None: any number. ``browser``: the browser can evaluate it; ``fact``: asked from the environment."""

    name: str
    signature: str
    least: int
    most: int | None
    browser: bool = True
    fact: bool = False

    def takes(self, count: int) -> bool:
        """Whether it can be called with that many values."""
        return count >= self.least and (self.most is None or count <= self.most)

    def how_many(self) -> str:
        """For messages: "1", "1–2", "≥ 1"."""
        if self.most is None:
            return f"≥ {self.least}"
        return str(self.least) if self.least == self.most else f"{self.least}–{self.most}"


_ALL = (
    Function("min", "min(a, b, …) | min(table.column)", 1, None),
    Function("max", "max(a, b, …) | max(table.column)", 1, None),
    Function("abs", "abs(number)", 1, 1),
    Function("round", "round(number, decimals)", 1, 2),
    Function("floor", "floor(number)", 1, 1),
    Function("ceil", "ceil(number)", 1, 1),
    Function("sum", "sum(table.column) | sum(table.column, condition)", 1, 2),
    Function("count", "count(table) | count(table, condition)", 1, 2),
    Function("any", "any(table, condition)", 2, 2),
    Function("all", "all(table, condition)", 2, 2),
    Function("length", "length(text)", 1, 1),
    Function("starts_with", "starts_with(text, text)", 2, 2),
    Function("contains", "contains(text, text)", 2, 2),
    Function("has", 'has(choices_field, "option")', 2, 2),
    Function("year", "year(date)", 1, 1),
    Function("month", "month(date)", 1, 1),
    Function("day", "day(date)", 1, 1),
    Function("days_between", "days_between(date, date)", 2, 2),
    Function("months_between", "months_between(date, date)", 2, 2),
    Function("years_between", "years_between(date, date)", 2, 2),
    Function("lookup", 'lookup("list", key, "column")', 3, 3, fact=True),
    Function("working_days_between", "working_days_between(date, date)", 2, 2, browser=False, fact=True),
    Function("add", "add(date, duration)", 2, 2, browser=False, fact=True),
    Function("unit_of", "unit_of(user)", 1, 1, browser=False, fact=True),
    Function("within_unit", "within_unit(unit, unit)", 2, 2, browser=False, fact=True),
    Function("done", 'done("step")', 1, 1, browser=False, fact=True),
    Function("visits", 'visits("step")', 1, 1, browser=False, fact=True),
    Function("late", 'late("step")', 1, 1, browser=False, fact=True),
    Function("chosen", 'chosen("step")', 1, 1, browser=False, fact=True),
    Function("opinions", 'opinions("step", "opinion")', 2, 2, browser=False, fact=True),
    Function("answered", 'answered("step")', 1, 1, browser=False, fact=True),
    Function("asked", 'asked("step")', 1, 1, browser=False, fact=True),
    Function("handed_in", 'handed_in("document")', 1, 1, browser=False, fact=True),
    Function("paid", 'paid("fee")', 1, 1, browser=False, fact=True),
    Function("supplements", "supplements()", 0, 0, browser=False, fact=True),
)

FUNCTIONS = {function.name: function for function in _ALL}
