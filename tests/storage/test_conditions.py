"""The fourth reader: conditions as SQL say of every stored form what Python says, on SQLite and on PostgreSQL."""

import datetime as dt
import os
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from sqlalchemy import Column, Engine, Integer, MetaData, Table, create_engine, event, insert, select, update

from app.definition.expression import MISSING, Expression
from app.definition.expression.searchable import search_problems
from app.definition.model.form import Field
from app.storage.conditions.columns import Columns
from app.storage.conditions.reader import condition_of
from app.storage.database import database_url
from app.storage.sqlite_functions import teach
from app.storage.tables.base import Json
from tests.definition.expression.expression_examples import ENVIRONMENTS, SCOPE, read, texts

SERVER = os.environ.get("TEST_DATABASE_URL", "")
TYPES = {
    "number": "decimal",
    "money": "money",
    "percent": "percent",
    "date": "date",
    "moment": "datetime",
    "flag": "yes_no",
    "list": "choices",
    "rows": "table",
}
FIELDS = {key: Field(key, name.label, TYPES.get(name.type.kind, "text")) for key, name in SCOPE.names.items()}
FORMS = Table("form", MetaData(), Column("id", Integer, primary_key=True), Column("answers", Json))
COLUMNS = Columns(FORMS.c.answers, FIELDS, {}, dt.datetime(2026, 3, 2, 8))

SLOW = settings(
    deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A database with one stored form."""
    if request.param == "postgresql" and not SERVER:
        pytest.skip("TEST_DATABASE_URL names no PostgreSQL: that half of the SQL reader is NOT tested here")
    made = create_engine("sqlite://" if request.param == "sqlite" else database_url(SERVER))
    if request.param == "sqlite":
        event.listen(made, "connect", lambda connection, _record: teach(connection))
    FORMS.drop(made, checkfirst=True)
    FORMS.create(made)
    with made.begin() as connection:
        connection.execute(insert(FORMS).values(id=1, answers={}))
    yield made
    FORMS.drop(made)
    made.dispose()


def stored(value: Any) -> Any:
    """A value of the environment as the row of a dossier keeps it."""
    match value:
        case Decimal():
            return format(value, "f")
        case dt.datetime():
            return value.isoformat(timespec="minutes")
        case dt.date():
            return value.isoformat()
        case tuple():
            return [stored(item) for item in value]
        case dict():
            return {key: stored(item) for key, item in value.items() if item not in (MISSING, None)}
        case _:
            return value


def answer(engine: Engine, expression: Expression, env: Mapping[str, Any]) -> bool | None:
    """What the database says of a form with these answers."""
    answers = {key: stored(value) for key, value in env.items() if value not in (MISSING, None)}
    with engine.begin() as connection:
        connection.execute(update(FORMS).values(answers=answers))
        found = connection.execute(select(condition_of(expression, COLUMNS))).scalar_one()
    return None if found is None else bool(found)


@SLOW
@given(text=texts("flag", over_rows=False), env=ENVIRONMENTS)
def test_python_and_the_database_agree(engine: Engine, text: str, env: dict[str, Any]) -> None:
    assume(len(text) <= 500)
    expression = read(text)
    assume(not search_problems(text, expression.tree))
    expected = expression.evaluate(env)
    assert answer(engine, expression, env) is (None if expected is MISSING else expected)


@pytest.mark.parametrize(
    ("text", "env", "expected"),
    [
        ("area + 0.2 == 0.3", {"area": Decimal("0.1")}, True),
        ("area / 3 * 3 == area", {"area": 1}, True),
        ("fee * 5% == 0.05", {"fee": 1}, True),
        ("fee > 999_999_999_999_999_999", {"fee": 10**18}, True),
        ("fee * area * area > fee", {"fee": 10**18, "area": 10**15}, True),
        ("area / pages > 1", {"area": 1, "pages": 0}, None),
        ("1 / (area - area) == 1 or resurvey", {"area": 1, "resurvey": True}, True),
        ("-area / -3 > 0", {"area": 2}, True),
        ("1 / -area < 0", {"area": 2}, True),
        ("round(area, 1) == 0.3", {"area": Decimal("0.25")}, True),
        ("round(-area) == -3", {"area": Decimal("2.5")}, True),
        ("floor(-area / 2) == -2 and ceil(area / 2) == 2", {"area": 3}, True),
        ("min(area, pages) == 1", {"area": 1}, None),
        ("years_between(born, issued) == 18", {"born": dt.date(2000, 2, 29), "issued": dt.date(2018, 2, 28)}, True),
        ("months_between(born, issued) == -1", {"born": dt.date(2026, 3, 31), "issued": dt.date(2026, 2, 28)}, True),
        (
            "days_between(born, received) == 1",
            {"born": dt.date(2026, 2, 28), "received": dt.datetime(2026, 3, 1)},
            True,
        ),
        ('contains(title, "DONG  da")', {"title": "Phường Đống  Đa"}, True),
        ('starts_with(title, "phuong")', {"title": "Phường Đống Đa"}, True),
        ('contains(title, "%")', {"title": "Đống Đa"}, False),
        ("length(title) == 7", {"title": "Đống Đa"}, True),
        ('has(topics, "marine")', {"topics": ("marine",)}, True),
        ('has(topics, "marine")', {}, None),
        ("topics is missing and people is missing", {}, True),
        ('subject in ["land"] or resurvey', {"resurvey": False}, None),
        ('subject not in ["land"] and resurvey', {"resurvey": False}, False),
        ("area in [pages, 1]", {"area": 2}, None),
        ("area in []", {}, False),
        ("(area if resurvey else 1 / pages) > 1", {"area": 2, "resurvey": True}, True),
        ("(area > 1) is missing", {}, True),
        ("resurvey == remote", {"resurvey": True, "remote": False}, False),
        ('opens < "09:00"', {"opens": "08:30"}, True),
        ("received >= received", {"received": dt.datetime(2026, 3, 1, 7, 30)}, True),
    ],
)
def test_cases_that_are_easy_to_get_wrong(engine: Engine, text: str, env: dict[str, Any], expected: object) -> None:
    expression = read(text)
    assert search_problems(text, expression.tree) == ()
    assert expression.evaluate(env) is (MISSING if expected is None else expected)
    assert answer(engine, expression, env) is expected


@pytest.mark.parametrize("area", ["12a", "1e5", "NaN", "0x10", "--1", "1.", ".5", "1" * 40, ["1"], {"a": 1}])
def test_what_is_no_number_is_missing_and_stops_no_list(engine: Engine, area: Any) -> None:
    assert answer(engine, read("area is missing"), {"area": area}) is True


@pytest.mark.parametrize(
    "text",
    [
        "(((area / pages + area) / pages + area) / pages + area) / pages > 1",
        "round(max(floor(max(round(max(floor(max(area, pages)), 1), 2), pages)), 3), 1) > 0",
        "max(max(max(born, issued), max(born, issued)), max(max(born, issued), issued)) > born",
        "(((((1 if resurvey else 2) > 1) == remote) == remote) if remote else resurvey) == resurvey",
    ],
)
def test_nesting_makes_no_endless_statement(engine: Engine, text: str) -> None:
    assert len(str(condition_of(read(text), COLUMNS).compile(engine))) < 20_000


def test_dividing_again_and_again_is_refused() -> None:
    text = "area" + " / pages" * 5 + " > 1"
    assert [problem.rule for problem in search_problems(text, read(text).tree)] == ["X10"]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("resurvey and any(people, days > 1)", "any(people, days > 1)"),
        ("count(people) > 2", "count(people)"),
        ("area in people.days", "people.days"),
        ('lookup("wards", commune, "zone") == "x"', 'lookup("wards", commune, "zone")'),
        ("term == 5 days", "term"),
        ('paid("appraisal")', 'paid("appraisal")'),
        ('opinions("review", "agree") > 1', 'opinions("review", "agree")'),
        ("working_days_between(born, issued) > 1", "working_days_between(born, issued)"),
        ("unit_of(holder) == agency", "unit_of(holder)"),
    ],
)
def test_what_the_database_cannot_answer_is_named_with_the_reason(text: str, part: str) -> None:
    found = search_problems(text, read(text).tree)
    assert [(one.rule, text[one.offset : one.offset + one.length]) for one in found] == [("X10", part)]
    assert found[0].params["why"].vi.startswith(f"{part}: ")
    assert found[0].params["why"].en.startswith(f"{part}: ")
