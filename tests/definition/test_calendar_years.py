"""The shipped calendar files as one edition, and how single years are joined."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.definition.calendar_years import YearFault, edition_from_years, settings_on
from app.engine.calendar import Calendar

ROOT = Path(__file__).parents[2]
OFFICE = [{"days": ["mon", "tue", "wed", "thu", "fri"], "open": ["07:30-11:30", "13:00-17:00"]}]
ORDINARY = [["07:30", "11:30"], ["13:00", "17:00"]]


def year(number: int = 2025, **keys: Any) -> dict[str, Any]:
    return {"schema": 1, "year": number, "office_hours": OFFICE, **keys}


@pytest.fixture(scope="module")
def shipped() -> list[dict[str, Any]]:
    """The twelve files as plain data, dates as text."""
    files = sorted((ROOT / "config" / "calendar").glob("*.yaml"))
    return [yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader) for file in files]


def as_flags(years: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**one, "projection": one.get("projection") == "true"} for one in years]


def test_the_shipped_years_are_the_days_of_the_vectors(shipped: list[dict[str, Any]]) -> None:
    edition = edition_from_years(as_flags(shipped), "shipped")
    standard = json.loads((ROOT / "tests/vectors/calendars/vn-hours-standard.json").read_text(encoding="utf-8"))
    for key in ("days_off", "makeup_days"):
        assert edition[key] == {day: title for day, title in standard[key].items() if day < "2029"}
    for key in ("projected_from", "weekly_off", "office_hours", "counter_hours", "known_from"):
        assert edition[key] == standard[key]
    assert (edition["known_to"], edition["years"]) == ("2028-12-31", {})
    assert edition["decisions"]["2026-11-24"] == "Nghị quyết 28/2026/QH16"
    assert Calendar.from_edition(edition).is_working_day(date(2026, 8, 22))


def test_every_shipped_file_names_its_schema_and_its_year() -> None:
    for number in range(2017, 2029):
        text = (ROOT / "config" / "calendar" / f"{number}.yaml").read_text(encoding="utf-8")
        assert text.startswith("# yaml-language-server: $schema=../schema/calendar.json\n")
        assert yaml.safe_load(text)["year"] == number


def test_swaps_name_each_other(shipped: list[dict[str, Any]]) -> None:
    swapped = {e["from"]: e["swapped_with"] for one in shipped for e in one["days_off"] if "swapped_with" in e}
    made_up = {e["for"]: e["date"] for one in shipped for e in one.get("makeup_days", [])}
    assert swapped == made_up
    assert len(swapped) == 6


def test_a_year_that_differs_keeps_its_own_habits() -> None:
    saturday = [{"days": ["sat"], "open": ["07:30-11:30"]}]
    edition = edition_from_years([year(2026, weekly_off=["sun"], counter_hours=saturday), year(2025)])
    assert (edition["weekly_off"], edition["counter_hours"]) == ([6, 7], {})
    assert edition["years"] == {
        "2026": {
            "weekly_off": [7],
            "office_hours": [{"from": "01-01", "intervals": ORDINARY}],
            "counter_hours": {"6": [["07:30", "11:30"]]},
        }
    }
    assert Calendar.from_edition(edition).is_working_day(date(2026, 3, 7))


def test_summer_hours_cut_the_year() -> None:
    summer = {"days": ["mon", "tue", "wed", "thu", "fri"], "open": ["07:00-11:30", "13:30-17:00"]}
    for span in ({"from": "2025-04-16", "to": "2025-10-15"}, {"from": "04-16", "to": "10-15"}):
        edition = edition_from_years([year(office_hours=[*OFFICE, {**summer, **span}])])
        assert [(part["from"], part["intervals"][0][0]) for part in edition["office_hours"]] == [
            ("01-01", "07:30"),
            ("04-16", "07:00"),
            ("10-16", "07:30"),
        ]


def test_one_weekday_of_its_own_stands_beside_the_ordinary_hours() -> None:
    friday = {"days": ["fri"], "open": ["07:30 - 11:30"]}
    edition = edition_from_years([year(office_hours=[{"open": OFFICE[0]["open"]}, friday])])
    assert edition["office_hours"] == [
        {"from": "01-01", "intervals": ORDINARY, "by_weekday": {"5": [["07:30", "11:30"]]}}
    ]


def test_a_span_that_changes_nothing_cuts_nothing() -> None:
    same = {**OFFICE[0], "from": "2025-04-16", "to": "2025-10-15"}
    assert len(edition_from_years([year(office_hours=[*OFFICE, same])])["office_hours"]) == 1


def test_a_decision_of_the_year_holds_for_each_day_that_has_none() -> None:
    days = {
        "days_off": [
            {"from": "2025-09-01", "to": "2025-09-02", "title": "Quốc khánh"},
            {"from": "2025-01-01", "title": "Tết", "decision": "Riêng"},
        ],
        "makeup_days": [{"date": "2025-04-26"}, {"date": "2025-04-27", "decision": "Bù"}],
    }
    edition = edition_from_years([year(decision="Chung", **days)])
    assert edition["decisions"] == {
        "2025-09-01": "Chung",
        "2025-09-02": "Chung",
        "2025-01-01": "Riêng",
        "2025-04-26": "Chung",
        "2025-04-27": "Bù",
    }
    assert edition["makeup_days"]["2025-04-26"] == "Ngày làm bù"
    assert edition_from_years([year(**days)])["decisions"] == {"2025-01-01": "Riêng", "2025-04-27": "Bù"}


def test_settings_hold_from_the_year_that_changes_them() -> None:
    years = [year(2024), year(2025, settings={"step_days": "days"}), year(2026, settings={"step_days": "days"})]
    edition = edition_from_years([*years, year(2027, cutoff={"time": "14:00", "hours": False})])
    assert [entry["from"] for entry in edition["settings"]] == ["2025-01-01", "2027-01-01"]
    assert settings_on(edition, date(2024, 12, 31)) == {}
    assert settings_on(edition, date(2026, 7, 1)) == {"step_days": "days"}
    assert settings_on(edition, date(2027, 1, 1)) == {"cutoff": "14:00", "cutoff_moves": ["hand_over", "same_day"]}


@pytest.mark.parametrize(
    ("years", "message"),
    [
        ([], "calendar: there is no year"),
        ([year(2025), year(2027)], "2027: the year after 2025 must be 2026"),
        ([year(2025), year(2025)], "2025: the year after 2025"),
        ([year(office_hours=[])], "2025: no office hours hold on 01/01/2025"),
        ([year(office_hours=[{**OFFICE[0], "from": "2025-02-30"}])], "'2025-02-30' is not a date"),
        ([year(weekly_off=["saturday"])], "weekday: 'saturday' is none of mon"),
        ([year(days_off=[{"from": "2025-09-02", "to": "2025-09-01", "title": "x"}])], "2025.days_off: 2025-09-02"),
        ([year(days_off=[{"from": "2026-01-01", "title": "x"}])], "not in that year"),
        ([year(days_off=[{"from": "2025-12-31", "to": "2026-01-01", "title": "x"}])], "not in that year"),
        ([year(counter_hours=[{"days": ["sat"], "open": ["08:00-10:00"], "to": "2025-06-30"}])], "the whole year"),
    ],
)
def test_years_that_do_not_fit_together_are_told(years: list[dict[str, Any]], message: str) -> None:
    with pytest.raises(YearFault) as caught:
        edition_from_years(years)
    assert message in str(caught.value)
