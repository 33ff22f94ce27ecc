"""The calendar: kinds of day, working days, office hours, and the edition it is laid out from."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from app.engine.calendar import Calendar, CalendarUnknown, ClockError
from app.engine.edition import EditionFault

MAKEUP = date(2025, 4, 26)


def test_a_make_up_saturday_counts(standard: Calendar) -> None:
    assert standard.kind_of_day(MAKEUP) == "makeup"
    assert standard.add_working_days(date(2025, 4, 25), 1) == MAKEUP
    assert (standard.title(MAKEUP), standard.decision(MAKEUP)) == ("Làm bù cho ngày 02/05/2025", "")


def test_days_off_have_names(standard: Calendar) -> None:
    assert standard.kind_of_day(date(2025, 4, 30)) == "off"
    assert standard.title(date(2025, 9, 2)) == "Quốc khánh"
    assert (standard.kind_of_day(date(2025, 5, 17)), standard.title(date(2025, 5, 17))) == ("weekend", "")


def test_days_from_the_projection_on_are_not_decided(standard: Calendar, plain_edition: dict[str, Any]) -> None:
    assert standard.is_projected(date(2027, 1, 1))
    assert not standard.is_projected(date(2026, 12, 31))
    plain_edition["projected_from"] = None
    assert not Calendar.from_edition(plain_edition).is_projected(date(2030, 1, 1))


def test_working_days_are_counted_back_to_the_first_known_day(standard: Calendar) -> None:
    assert standard.working_day_before(date(2025, 5, 5), 1) == date(2025, 4, 29)
    assert standard.working_day_before(date(2025, 5, 4), 1) == date(2025, 4, 29)
    assert standard.working_day_before(date(2025, 5, 5), 0) == date(2025, 5, 5)
    assert standard.working_day_before(date(2017, 1, 4), 2) is None


def test_dates_outside_the_known_years_are_never_guessed(standard: Calendar) -> None:
    asked: dict[int, Callable[[], object]] = {
        2016: lambda: standard.add_working_days(date(2016, 12, 30), 2),
        2015: lambda: standard.closing_after(date(2015, 6, 1), 1),
        2014: lambda: standard.add_office_minutes(datetime(2014, 6, 2, 8), 60),
        2031: lambda: standard.add_working_days(date(2030, 12, 31), 1),
        2032: lambda: standard.is_working_day(date(2032, 1, 1)),
        2033: lambda: standard.closing_after(date(2033, 1, 1), 1),
    }
    for year, ask in asked.items():
        with pytest.raises(CalendarUnknown) as caught:
            ask()
        assert caught.value.year == year
    with pytest.raises(CalendarUnknown):
        standard.closing_after(date(2030, 12, 31), 1)


def test_counting_starts_at_one(standard: Calendar) -> None:
    for ask in (standard.add_working_days, standard.closing_after):
        with pytest.raises(ClockError, match="0 is not at least 1"):
            ask(MAKEUP, 0)
    with pytest.raises(ClockError, match="-60 is not at least 1"):
        standard.add_working_hours(datetime(2025, 5, 12, 9), -1)


def test_hours_run_out_at_a_closing_and_not_at_the_next_opening(standard: Calendar) -> None:
    assert standard.add_working_hours(datetime(2025, 5, 12, 7, 30), 4) == datetime(2025, 5, 12, 11, 30)
    assert standard.add_working_hours(datetime(2025, 5, 12, 13), 4) == datetime(2025, 5, 12, 17)
    assert standard.add_working_hours(datetime(2025, 5, 16, 17), 9) == datetime(2025, 5, 20, 8, 30)


def test_the_office_moment_is_now_or_the_next_opening(standard: Calendar) -> None:
    def at(text: str) -> datetime:
        return datetime.fromisoformat(f"2025-05-{text}")

    moved = {"12T06:00": "12T07:30", "12T11:30": "12T11:30", "12T12:00": "12T13:00", "12T17:01": "13T07:30"}
    assert {text: standard.office_moment(at(text)) for text in moved} == {k: at(v) for k, v in moved.items()}
    assert standard.office_moment(at("17T09:00")) == at("19T07:30")
    assert standard.rolled(date(2025, 5, 17)) == date(2025, 5, 19)


def test_hours_change_on_the_day_that_the_edition_names(season: Calendar) -> None:
    assert season.opening(date(2025, 4, 15)).time().isoformat("minutes") == "07:30"
    assert season.opening(date(2025, 4, 16)).time().isoformat("minutes") == "07:00"
    assert season.office_minutes(datetime(2025, 4, 16), datetime(2025, 4, 17)) == 480


def test_before_the_first_entry_of_a_year_the_last_one_runs_on(plain_edition: dict[str, Any]) -> None:
    plain_edition["office_hours"] = [
        {"from": "10-16", "intervals": [["08:00", "12:00"]]},
        {"from": "04-16", "intervals": [["07:00", "11:00"]]},
    ]
    calendar = Calendar.from_edition(plain_edition)
    openings = {month: calendar.opening(date(2025, month, 17)).hour for month in (1, 4, 10)}
    assert openings == {1: 8, 4: 7, 10: 8}


def test_one_weekday_may_have_hours_of_its_own(plain_edition: dict[str, Any]) -> None:
    plain_edition["office_hours"][0]["by_weekday"] = {"5": [["07:30", "11:30"]]}
    calendar = Calendar.from_edition(plain_edition)
    assert calendar.closing(date(2025, 5, 16)) == datetime(2025, 5, 16, 11, 30)
    assert calendar.closing(MAKEUP) == datetime(2025, 4, 26, 17, 0)
    assert calendar.add_working_hours(datetime(2025, 5, 16, 9, 30), 3) == datetime(2025, 5, 19, 8, 30)


def test_a_year_may_have_habits_of_its_own(plain_edition: dict[str, Any]) -> None:
    plain_edition["years"] = {"2026": {"weekly_off": [7], "counter_hours": {"7": [["08:00", "10:00"]]}}}
    calendar = Calendar.from_edition(plain_edition)
    assert calendar.is_working_day(date(2026, 3, 7))
    assert not calendar.is_working_day(date(2025, 3, 8))
    assert calendar.is_counter_open(datetime(2026, 3, 8, 9))
    assert not calendar.is_counter_open(datetime(2025, 3, 9, 9))


def test_the_decision_is_kept_beside_the_day(plain_edition: dict[str, Any]) -> None:
    plain_edition["decisions"] = {"2026-11-24": "Nghị quyết 28/2026/QH16"}
    assert Calendar.from_edition(plain_edition).decision(date(2026, 11, 24)) == "Nghị quyết 28/2026/QH16"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"known_from": None}, "known_from: None is not a date"),
        ({"known_to": "2025-02-30"}, "known_to: '2025-02-30' is not a date"),
        ({"known_to": "2016-12-31"}, "known_to: must lie after known_from"),
        ({"known_to": "9999-12-31"}, "known_to: must lie after known_from and at most 200 years later"),
        ({"projected_from": 2027}, "projected_from: 2027 is not a date"),
        ({"weekly_off": None}, "weekly_off: is missing or not a list"),
        ({"weekly_off": [0]}, "weekly_off: must hold ISO weekdays"),
        ({"office_hours": []}, "office_hours: must hold at least one entry"),
        ({"office_hours": ["07:30"]}, "office_hours[0]: must be a mapping"),
        ({"office_hours": [{"from": "4-16", "intervals": [["07:30", "11:30"]]}]}, "office_hours[0].from: '4-16'"),
        ({"office_hours": [{"intervals": []}]}, "office_hours[0].intervals: must be a list of pairs"),
        ({"office_hours": [{"intervals": ["07:30"]}]}, "office_hours[0].intervals[0]: must be a pair"),
        ({"office_hours": [{"intervals": [["7:30", "11:30"]]}]}, "intervals[0]: '7:30' is not a time"),
        ({"office_hours": [{"intervals": [["07:30", 690]]}]}, "intervals[0]: 690 is not a time"),
        ({"office_hours": [{"intervals": [["11:30", "07:30"]]}]}, "hours are reversed, empty, out of order"),
        ({"office_hours": [{"intervals": [["07:00", "12:00"], ["11:00", "17:00"]]}]}, "intervals[1]: hours are"),
        ({"counter_hours": {"8": []}}, 'counter_hours: must map ISO weekdays "1"'),
        ({"counter_hours": []}, "counter_hours: must map ISO weekdays"),
        ({"years": {"next": {}}}, "years: must map years"),
        ({"years": {"2026": 1}}, "years.2026: must be a mapping"),
        ({"years": {"2026": {"weekly_off": 7}}}, "years.2026.weekly_off: is missing or not a list"),
        ({"days_off": []}, "days_off: is missing or not a mapping"),
        ({"days_off": {"2025-13-01": "x"}}, "days_off.2025-13-01: '2025-13-01' is not a date"),
        ({"makeup_days": {"2025-04-26": None}}, "makeup_days.2025-04-26: the title must be a text"),
    ],
)
def test_a_wrong_edition_names_the_place(plain_edition: dict[str, Any], change: dict[str, Any], message: str) -> None:
    with pytest.raises(EditionFault) as caught:
        Calendar.from_edition({**plain_edition, **change})
    assert message in str(caught.value)


def test_an_edition_is_a_mapping() -> None:
    with pytest.raises(EditionFault, match="calendar: must be a mapping"):
        Calendar.from_edition([])  # type: ignore[arg-type]
