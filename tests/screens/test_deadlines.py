"""How due moments look: state, words, exact moment; and why a due date is that day, as a strip of days."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise

import pytest
from flask import Flask
from flask_babel import force_locale

from app.definition.calendar_years import edition_from_years
from app.engine.calendar import Calendar
from app.engine.clock import ClockEvent, ClockSettings, Limit, read_clock
from app.screens.day_strip import LONGEST, Cell, day_strip
from app.screens.deadlines import Deadlines, Due
from app.screens.today import notice_of

SETTINGS = ClockSettings()
YEAR = {
    "year": 2026,
    "weekly_off": ["sat", "sun"],
    "office_hours": [{"days": ["mon", "tue", "wed", "thu", "fri"], "open": ["07:30-11:30", "13:00-17:00"]}],
    "days_off": [{"from": "2026-11-24", "title": "Ngày Văn hóa"}, {"from": "2026-08-31", "title": "Nghỉ hoán đổi"}],
    "makeup_days": [{"date": "2026-08-22", "for": "2026-08-31"}],
}
CALENDAR = Calendar.from_edition(edition_from_years([YEAR]))
MONDAY = datetime(2026, 11, 23, 14, 0)  # the afternoon of the drawings: tomorrow is a public holiday


@pytest.fixture(autouse=True)
def vietnamese(app: Flask) -> Iterator[None]:
    with app.test_request_context(), force_locale("vi"):
        yield


def at(moment: datetime) -> Deadlines:
    return Deadlines(moment, CALENDAR, SETTINGS)


@pytest.mark.parametrize(
    ("due", "state", "text"),
    [
        (datetime(2026, 11, 19, 16, 0), "late", "Quá 1 ngày 6 giờ"),
        (datetime(2026, 11, 23, 17, 0), "soon", "Còn 3 giờ"),
        (datetime(2026, 11, 25, 17, 0), "soon", "Còn 1 ngày 3 giờ"),
        (datetime(2026, 11, 26, 17, 0), "ok", "Còn 2 ngày 3 giờ"),
        (datetime(2026, 12, 3, 17, 0), "ok", "Còn 7 ngày 3 giờ"),
    ],
)
def test_time_left_reads_as_on_the_drawings(due: datetime, state: str, text: str) -> None:
    found = at(MONDAY).due(due)
    assert found == Due(state, text, f"hẹn {due:%H:%M, %d/%m/%Y}")


def test_the_very_moment_is_not_late_yet_and_the_minute_after_is() -> None:
    due = datetime(2026, 11, 23, 17, 0)
    assert at(due).due(due)[:2] == ("soon", "Đến hạn")
    assert at(datetime(2026, 11, 23, 17, 1)).due(due)[:2] == ("late", "Quá hạn")
    assert at(datetime(2026, 11, 25, 7, 31)).due(due)[:2] == ("late", "Quá 1 phút")


@pytest.mark.parametrize(
    ("state", "pill"),
    [
        ("paused", Due("pause", "Tạm dừng", "từ 20/11/2026")),
        ("waiting", Due("pause", "Đang chờ", "từ 20/11/2026")),
        ("not_started", Due("none", "Chưa tính hạn")),
        ("stopped", Due("none", "Dừng xử lý")),
        ("lapsed", Due("none", "Hết hiệu lực")),
        ("running", Due("none", "Không có thời hạn")),
    ],
)
def test_a_clock_that_does_not_run_says_why_there_is_no_time(state: str, pill: Due) -> None:
    assert at(MONDAY).due(None, state, paused_since=datetime(2026, 11, 20, 9)) == pill


@pytest.mark.parametrize(
    ("result", "text"),
    [("early", "Xong trước hạn"), ("on_time", "Xong đúng hạn"), ("overdue", "Xong quá hạn"), ("", "Hoàn thành")],
)
def test_a_finished_dossier_is_never_late(result: str, text: str) -> None:
    finished = datetime(2026, 11, 20, 9, 5)
    found = at(MONDAY).due(datetime(2026, 1, 5), "finished", result_class=result, finished_at=finished)
    assert found == Due("done", text, "09:05, 20/11/2026")


def test_beyond_the_known_calendar_a_due_date_is_still_a_due_date() -> None:
    found = at(MONDAY).due(datetime(2031, 1, 6, 17, 0))
    assert found.state == "ok"
    assert found.at == "hẹn 17:00, 06/01/2031"
    late = Deadlines(datetime(2031, 1, 6), CALENDAR, SETTINGS)
    assert late.due(datetime(2026, 11, 25, 17, 0))[:2] == ("late", "Quá hạn")
    assert late.soon_until == datetime(2031, 1, 8)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (MONDAY, "Ngày mai 24/11/2026 nghỉ lễ, không tính vào thời hạn."),
        (datetime(2026, 11, 24, 9), "Hôm nay là ngày nghỉ, không tính vào thời hạn."),
        (datetime(2026, 8, 22, 9), "Hôm nay là ngày làm bù, có tính vào thời hạn."),
        (datetime(2026, 8, 21, 9), "Ngày mai 22/08/2026 là ngày làm bù, có tính vào thời hạn."),
        (datetime(2026, 11, 18, 9), ""),
        (datetime(2026, 11, 20, 9), ""),
        (datetime(2031, 1, 6, 9), ""),
    ],
)
def test_what_is_special_about_counting_is_said_on_that_day(moment: datetime, said: str) -> None:
    assert notice_of(at(moment)) == said


def strip(days: int, received: datetime, now: datetime, *events: ClockEvent) -> list[Cell]:
    reading = read_clock(Limit.of(days, "working_day"), (ClockEvent("received", received), *events), now, CALENDAR)
    due = reading.due.date() if reading.due else None
    return day_strip(reading.explain(), due=due, today=now.date(), pauses={"tax": "chờ nộp thuế"})


def test_a_due_date_is_explained_day_by_day() -> None:
    cells = strip(5, datetime(2026, 11, 18, 9), MONDAY)
    told = [(cell.weekday, cell.label, cell.note, cell.classes) for cell in cells]
    assert told == [
        ("Thứ Tư", "18/11", "tiếp nhận", "mc-day--recv"),
        ("Thứ Năm", "19/11", "ngày 1", "mc-day--counted"),
        ("Thứ Sáu", "20/11", "ngày 2", "mc-day--counted"),
        ("Thứ Bảy", "21/11", "nghỉ", "mc-day--off"),
        ("Chủ nhật", "22/11", "nghỉ", "mc-day--off"),
        ("Hôm nay", "23/11", "ngày 3", "mc-day--counted mc-day--today"),
        ("Thứ Ba", "24/11", "nghỉ lễ", "mc-day--off"),
        ("Thứ Tư", "25/11", "ngày 4", "mc-day--counted"),
        ("Thứ Năm", "26/11", "ngày 5, hạn", "mc-day--counted mc-day--due"),
    ]
    assert cells[6].title.startswith("Ngày Văn hóa")


def test_make_up_days_and_pauses_are_named() -> None:
    pause = (
        ClockEvent("paused", datetime(2026, 8, 19, 9), pause="tax"),
        ClockEvent("resumed", datetime(2026, 8, 21, 9), pause="tax"),
    )
    cells = strip(5, datetime(2026, 8, 17, 9), datetime(2026, 8, 24, 9), *pause)
    notes = {cell.label: cell.note for cell in cells}
    assert notes["22/08"].startswith("làm bù, ")
    assert "chờ nộp thuế" in notes.values()
    assert [cell for cell in cells if cell.kind == "pause"] != []


def test_a_long_limit_is_told_in_few_cells_that_leave_no_day_out() -> None:
    for days in (10, 20, 30, 60):
        cells = strip(days, datetime(2026, 3, 2, 9), datetime(2026, 3, 4, 9))
        assert len(cells) <= 2 * LONGEST
        for earlier, later in pairwise(cells):
            assert (later.first - earlier.last).days == 1
        assert cells[0].note == "tiếp nhận"
        assert cells[-1].is_due
        assert cells[-1].note == f"ngày {days}, hạn"
    runs = [cell for cell in strip(20, datetime(2026, 3, 2, 9), date_of(3)) if cell.first != cell.last]
    assert runs != []
    assert all("–" in cell.label and not cell.weekday for cell in runs)
    assert any(cell.note.startswith("ngày ") and "–" in cell.note for cell in runs)


def date_of(day: int) -> datetime:
    return datetime.combine(date(2026, 3, day), datetime.min.time())
