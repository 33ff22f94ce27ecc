"""The SQL functions that conditions are made of, worded for PostgreSQL and for SQLite.

PostgreSQL calculates exactly (numeric); what is needed twice stands in a small FROM, so that no statement grows with
nesting. SQLite knows floats only: there the functions of `app.storage.sqlite_functions` calculate.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Boolean, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine

SqlFunction = Callable[..., ColumnElement[Any]]


def _function(name: str, postgresql: str, sqlite: str = "", result: TypeEngine[Any] | None = None) -> SqlFunction:
    """An SQL function; `{0}`, `{1}` … in its wordings are its arguments, `{all}` all of them."""
    element = type(name, (FunctionElement,), {"name": name, "inherit_cache": True, "type": result or Text()})

    def wording(pattern: str) -> Callable[..., str]:
        def compiled(found: Any, compiler: Any, **how: Any) -> str:
            arguments = [compiler.process(argument, **how) for argument in found.clauses]
            return pattern.format(*arguments, all=", ".join(arguments))

        return compiled

    compiles(element, "postgresql")(wording(postgresql))
    compiles(element, "sqlite")(wording(sqlite or f"{name}({{all}})"))
    return element


_FLAG = Boolean()

# ---- numbers: text or a stored number in, an exact number out
exact = _function(
    "exact",
    "(SELECT CASE WHEN v ~ '^-?[0-9]{{1,31}}([.][0-9]{{1,29}})?$' THEN CAST(v AS numeric) END "
    "FROM (VALUES (CAST({0} AS text))) AS t(v))",
)
plus = _function("exact_plus", "({0} + {1})")
times = _function("exact_times", "({0} * {1})")
absolute = _function("exact_absolute", "abs({0})")
sign = _function("exact_sign", "sign({0})")
not_zero = _function("exact_not_zero", "nullif({0}, 0)")
floor = _function(
    "exact_floor",
    "(SELECT div(n, d) - CASE WHEN n < 0 AND mod(n, d) <> 0 THEN 1 ELSE 0 END FROM (VALUES ({0}, {1})) AS t(n, d))",
)
half_up = _function(  # n / d in whole parts of which so many make one
    "exact_half_up",
    "(SELECT sign(n) * div(2 * abs(n) * p + d, 2 * d) FROM (VALUES ({0}, {1}, {2})) AS t(n, d, p))",
)
smallest = _function(
    "exact_smallest", "(SELECT CASE WHEN count(v) = count(*) THEN min(v) END FROM unnest(ARRAY[{all}]) AS t(v))"
)
largest = _function(
    "exact_largest", "(SELECT CASE WHEN count(v) = count(*) THEN max(v) END FROM unnest(ARRAY[{all}]) AS t(v))"
)
same_number = _function("exact_same", "({0} = {1})", "({0} = {1})", _FLAG)
less = _function("exact_less", "({0} < {1})", result=_FLAG)

# ---- days and moments, as ISO text
earliest = _function(
    "first_text",
    '(SELECT CASE WHEN count(v) = count(*) THEN min(v COLLATE "C") END FROM unnest(ARRAY[{all}]) AS t(v))',
)
latest = _function(
    "last_text",
    '(SELECT CASE WHEN count(v) = count(*) THEN max(v COLLATE "C") END FROM unnest(ARRAY[{all}]) AS t(v))',
)
before = _function("text_before", '({0} < {1} COLLATE "C")', "({0} < {1})", _FLAG)
iso_moment = _function(
    "iso_moment", "to_char({0}, 'YYYY-MM-DD\"T\"HH24:MI:SS.US')", "replace({0}, ' ', 'T')"
)  # of a column of moments
stored_moment = _function("stored_moment", "({0} || ':00.000000')", "({0} || ':00.000000')")  # of an answer
part = _function("text_part", "substr({0}, {1}, {2})", "substr({0}, {1}, {2})")
days_between = _function("days_between", "(CAST({1} AS date) - CAST({0} AS date))::numeric")
_MONTHS = (
    "(extract(year FROM b) - extract(year FROM a)) * 12 + extract(month FROM b) - extract(month FROM a) "
    "- CASE WHEN extract(day FROM b) >= extract(day FROM a) OR extract(month FROM b + 1) <> extract(month FROM b) "
    "THEN 0 ELSE 1 END"
)
months_between = _function(
    "months_between",
    f"(SELECT (CASE WHEN turned THEN -1 ELSE 1 END * ({_MONTHS}))::numeric FROM (SELECT x > y AS turned, "
    "least(x, y) AS a, greatest(x, y) AS b FROM (VALUES (CAST({0} AS date), CAST({1} AS date))) AS t(x, y) "
    "WHERE x IS NOT NULL AND y IS NOT NULL) AS u)",
)
years = _function("whole_years", "trunc({0} / 12)")

# ---- texts, flags, lists
flag = _function(
    "flag",
    "(CASE {0} WHEN 'true' THEN true WHEN 'false' THEN false END)",
    "(CASE {0} WHEN 1 THEN 1 WHEN 0 THEN 0 END)",
    _FLAG,
)
known = _function("known", "nullif({0}, '')", "nullif({0}, '')")
length = _function("text_length", "CAST(char_length({0}) AS numeric)", "length({0})")
fold = _function(
    "search_key",
    "btrim(regexp_replace(translate({0}, {1}, {2}), '\\s+', ' ', 'g'))",
    "search_key({0})",
)
begins = _function("text_begins", "starts_with({0}, {1})", result=_FLAG)
holds = _function("text_holds", "(strpos({0}, {1}) > 0)", "(instr({0}, {1}) > 0)", _FLAG)
list_has = _function("list_has", "(CAST({0} AS jsonb) @> to_jsonb(CAST({1} AS text)))", result=_FLAG)
empty_list = _function("empty_list", "(coalesce({0}, '[]') = '[]')", "(coalesce({0}, '[]') = '[]')", _FLAG)

# ---- the state of the dossier, where no column tells
in_state = _function("in_state", "(CAST({0} AS jsonb) ->> {1})")
has_done = _function(
    "has_done",
    "EXISTS (SELECT 1 FROM jsonb_array_elements(CAST({0} AS jsonb)) AS v WHERE v ->> 'step' = {1} "
    "AND coalesce(v ->> 'kind', 'step') = 'step' AND v ->> 'outcome' = 'done')",
    result=_FLAG,
)
entries = _function("entries", "jsonb_array_length(CAST({0} AS jsonb))")
has_key = _function("has_key", "(CAST({0} AS jsonb) -> {1} IS NOT NULL)", result=_FLAG)
