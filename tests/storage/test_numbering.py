"""Numbers of registers: how they are written, when they begin anew, and that eight writers leave no gap."""

import multiprocessing
from collections.abc import Callable
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest
from flask import Flask

from app.definition.model.organisation import Agency, Organisation, Register, Unit
from app.storage.database import db, writing
from app.storage.numbering import NumberFault, Numbering
from tests.conftest import bare_application

BOOKS = count()
NOON = datetime(2026, 11, 26, 12, 0)


def organisation(book: str = "r", **register: str) -> Organisation:
    number = {"number": "{n}", "restarts": "year", **register}
    units = (
        Unit("dept", "Sở", sign="SNNMT", code="H24.10"),
        Unit("land", "Phòng đất", parent="dept"),
        Unit("registry", "Văn phòng đăng ký", parent="dept", code="H24.10.5"),
        Unit("outside", "Nơi khác"),
    )
    return Organisation(
        agency=Agency("dept", "Sở", code="H24.10", sign="SNNMT"),
        levels={},
        fields={},
        roles={},
        unit_types={},
        units={unit.key: unit for unit in units},
        sources={},
        registers={name: Register(name, "Sổ", **number) for name in (book, "race")},  # type: ignore[arg-type]
    )


@pytest.fixture
def take(database: Flask) -> Callable[..., str]:
    """Takes a number from a book that no other test uses."""
    book = f"book{next(BOOKS)}"

    def take(unit: str = "land", at: datetime = NOON, series: str = "", **how: str) -> str:
        with writing() as session:
            source = Numbering(session, organisation(book, **how))
            return source.take(book, unit=unit, at=at, series=series, values={"type.code": ""})

    return take


@pytest.mark.parametrize(
    ("number", "unit", "expected"),
    [
        ("{n}", "land", "1"),
        ("{n:04}", "land", "0001"),
        ("{unit.code}-{yymmdd}-{n:04}", "land", "H24.10-261126-0001"),
        ("{unit.code}-{yymmdd}-{n:04}", "registry", "H24.10.5-261126-0001"),
        ("{unit.code}-{yymmdd}-{n:04}", "outside", "261126-0001"),
        ("{n:02}/{year}/{agency.sign}", "land", "01/2026/SNNMT"),
        ("{n:02}/{type.code}-{agency.sign}", "land", "01/SNNMT"),
        ("{n:02}/{unit.sign}", "outside", "01"),
        ("Số {n} năm {yy}, tháng {month}", "land", "Số 1 năm 26, tháng 11"),
    ],
)
def test_a_number_is_written_as_its_format_says(
    take: Callable[..., str], number: str, unit: str, expected: str
) -> None:
    assert take(unit, number=number) == expected


def test_numbers_follow_each_other(take: Callable[..., str]) -> None:
    assert [take() for _ in range(3)] == ["1", "2", "3"]


def test_a_number_beyond_its_width_simply_grows(take: Callable[..., str], database: Flask) -> None:
    assert take(number="{n:01}", first="9") == "9"
    assert take(number="{n:01}") == "10"


@pytest.mark.parametrize(
    ("restarts", "later", "expected"),
    [
        ("day", datetime(2026, 11, 27), "1"),
        ("month", datetime(2026, 11, 27), "2"),
        ("month", datetime(2026, 12, 1), "1"),
        ("year", datetime(2026, 12, 31), "2"),
        ("year", datetime(2027, 1, 1), "1"),
        ("never", datetime(2027, 1, 1), "2"),
    ],
)
def test_a_run_begins_anew_when_its_period_does(
    take: Callable[..., str], restarts: str, later: datetime, expected: str
) -> None:
    assert take(restarts=restarts) == "1"
    assert take(at=later, restarts=restarts) == expected


def test_every_unit_counts_for_itself_where_the_register_says_so(take: Callable[..., str]) -> None:
    assert [take("land", scope="unit"), take("outside", scope="unit"), take("land", scope="unit")] == ["1", "1", "2"]


def test_units_that_print_the_same_code_share_one_run(take: Callable[..., str]) -> None:
    how = {"number": "{unit.code}-{n}", "scope": "unit"}
    assert [take("dept", **how), take("land", **how), take("registry", **how)] == ["H24.10-1", "H24.10-2", "H24.10.5-1"]


def test_every_series_counts_for_itself(take: Callable[..., str]) -> None:
    assert [take(series="qd"), take(series="cv"), take(series="qd")] == ["1", "1", "2"]


def test_a_number_of_a_refused_act_is_given_again(take: Callable[..., str], database: Flask) -> None:
    with writing() as session:
        source = Numbering(session, organisation())
        assert source.take("r", unit="land", at=NOON) == "1"
        session.rollback()
    with writing() as session:
        assert Numbering(session, organisation()).take("r", unit="land", at=NOON) == "1"


def test_an_unknown_register_or_placeholder_is_named(database: Flask) -> None:
    with writing() as session:
        with pytest.raises(NumberFault, match="'none-such'"):
            Numbering(session, organisation()).take("none-such", unit="land", at=NOON)
        with pytest.raises(NumberFault, match="colour"):
            Numbering(session, organisation(number="{colour}-{n}")).take("r", unit="land", at=NOON)


WRITERS, EACH = 8, 40


def count_up(url: str, folder: str, seed: int) -> list[str]:
    """What one process does: takes numbers, and gives up every fifth time after having taken one."""
    app = bare_application(url, Path(folder))
    taken = []
    with app.app_context():
        for turn in range(EACH):
            with writing() as session:
                number = Numbering(session, organisation(number="{n:04}")).take("race", unit="land", at=NOON)
                if (turn + seed) % 5 == 0:
                    session.rollback()
                else:
                    taken.append(number)
        db.engine.dispose()
    return taken


def test_eight_processes_leave_no_gap_and_no_duplicate(database_url: str, data_folder: Path) -> None:
    context = multiprocessing.get_context("spawn")
    with context.Pool(WRITERS) as pool:
        lists = pool.starmap(count_up, [(database_url, str(data_folder), seed) for seed in range(WRITERS)])
    numbers = sorted(number for taken in lists for number in taken)
    assert numbers == [f"{n:04}" for n in range(1, len(numbers) + 1)]
    assert len(numbers) == WRITERS * EACH * 4 // 5
