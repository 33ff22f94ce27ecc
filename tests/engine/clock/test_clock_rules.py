"""Start, limits and standing still on cases that the vectors leave open, counted by hand in May 2025."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from app.engine.calendar import Calendar, CalendarUnknown
from app.engine.clock import (
    ClockEvent,
    ClockSettings,
    Limit,
    LimitError,
    Phase,
    Refused,
    read_clock,
    remaining,
    with_additions,
)

from .moments import FIVE_DAYS, RECEIVED, event, on

# ---- start


def test_seconds_are_dropped_and_a_zone_is_refused() -> None:
    assert event("received", "12 15:00:59").at == on("12 15:00")
    with pytest.raises(TypeError, match="naive"):
        ClockEvent("received", datetime.fromisoformat("2025-05-12T09:00+07:00"))


def test_without_a_cutoff_nothing_is_late(read: Any) -> None:
    reading = read(Limit.of(0, "same_day"), event("received", "12 16:59"), cutoff="none")
    assert (reading.due, reading.hand_over_due) == (on("12 17:00"), on("12 17:00"))


def test_the_cutoff_moves_neither_steps_nor_submissions_but_every_other_start(read: Any) -> None:
    late = "12 15:30"
    dues = {
        starts: read(Limit.of(1, "hour", starts), event(starts, late)).due
        for starts in ("submitted", "arrived", "step.x")
    }
    assert dues == {"submitted": on("12 16:30"), "arrived": on("13 08:30"), "step.x": on("13 08:30")}
    assert read(Limit.budget([Phase(1, "hour")]), event("entered", late)).due == on("12 16:30")


def test_counter_hours_hold_on_weekends_that_are_no_named_day_off(saturday_counter: Calendar) -> None:
    settings = ClockSettings(receipt_outside_hours="next_opening")
    for day, opened in (("2025-05-17T07:30", True), ("2025-05-17T07:29", False), ("2025-05-18T09:00", False)):
        assert saturday_counter.is_counter_open(datetime.fromisoformat(day)) is opened
    saturday = ClockEvent("received", datetime.fromisoformat("2025-05-17T11:30"))
    reading = read_clock(Limit.of(1, "working_day"), [saturday], saturday.at, saturday_counter, settings)
    assert reading.due == on("19 17:00")


def test_later_events_of_the_starting_type_change_nothing(read: Any) -> None:
    reading = read(FIVE_DAYS, RECEIVED, event("received", "14 16:00"), event("submitted", "14 16:30"))
    assert (reading.due, reading.hand_over_due, reading.refused) == (on("19 17:00"), on("12 17:00"), ())


def test_what_comes_before_the_start_is_refused(read: Any) -> None:
    limit = Limit.of(5, "working_day", "arrived")
    reading = read(limit, RECEIVED, event("paused", "12 10:00"), event("extended", "12 10:00", by=Phase(1, "hour")))
    assert reading.refused == (Refused(1, "not_started"), Refused(2, "not_started"))
    assert (reading.state, reading.remaining_text, reading.warn_at) == ("not_started", "chưa tính hạn", ())
    assert (reading.apology_latest, reading.remaining_minutes, reading.explain()) == (None, None, ())


def test_nothing_at_all_has_happened(read: Any, standard: Calendar) -> None:
    reading = read_clock(FIVE_DAYS, [], on("12 09:00"), standard)
    assert (reading.state, reading.due, reading.hand_over_due) == ("not_started", None, None)
    with pytest.raises(ValueError, match="not started"):
        _ = reading.history.track


# ---- limits


def test_amounts_are_exact_however_they_are_written(read: Any) -> None:
    for tenth in (0.1, Decimal("0.1"), Fraction(1, 10)):
        assert read(Limit.of(tenth, "working_day"), RECEIVED).due == on("12 09:48")


@pytest.mark.parametrize(
    ("phases", "code"),
    [
        ([Phase(-1, "working_day")], "limit_negative"),
        ([Phase(1, "month"), Phase(-0.5, "hour")], "limit_negative"),
        ([Phase(2.5, "calendar_day")], "limit_fraction"),
        ([Phase(Fraction(1, 3), "working_day"), Phase(1, "hour")], None),
        ([Phase(Fraction(1, 7), "working_day")], "limit_fraction"),
    ],
)
def test_a_limit_that_cannot_be_counted_is_told_even_before_the_start(
    standard: Calendar, phases: list[Phase], code: str | None
) -> None:
    if code is None:
        assert read_clock(Limit(tuple(phases)), [], on("12 09:00"), standard).due is None
        return
    with pytest.raises(LimitError) as caught:
        read_clock(Limit(tuple(phases)), [], on("12 09:00"), standard)
    assert caught.value.code == code


def test_an_addition_may_not_take_away() -> None:
    with pytest.raises(LimitError, match="less than nothing"):
        with_additions((Phase(5, "hour"),), [Phase(-1, "hour")])


def test_nothing_can_be_added_to_no_limit(read: Any) -> None:
    assert with_additions((), [Phase(3, "working_day")]) == ()
    pause = (event("paused", "13 09:00"), event("resumed", "14 09:00", add=Phase(3, "working_day")))
    reading = read(Limit(()), RECEIVED, *pause, event("extended", "14 10:00", by=Phase(1, "working_day")))
    assert (reading.due, reading.result_class, reading.refused) == (None, None, (Refused(3, "no_limit"),))
    assert (reading.state, reading.remaining_minutes, reading.remaining_text) == ("running", None, None)


def test_additions_meet_the_last_phase() -> None:
    phases = with_additions((Phase(8, "working_day"),), [Phase(15, "calendar_day"), Phase(5, "calendar_day")])
    assert phases == (Phase(8, "working_day"), Phase(20, "calendar_day"))
    assert with_additions((Phase(0, "same_day"),), [Phase(0, "same_day")]) == (
        Phase(0, "same_day"),
        Phase(0, "same_day"),
    )


def test_zero_is_not_measured_unless_the_setting_says_at_once(read: Any) -> None:
    zero = Limit((Phase(0, "working_day"), Phase(0, "hour")))
    assert (read(zero, RECEIVED).due, read(zero, RECEIVED).result_class) == (None, None)
    for at, due in (
        ("12 11:30", "12 11:30"),
        ("12 11:31", "12 13:00"),
        ("17 10:00", "19 07:30"),
        ("12 06:00", "12 07:30"),
    ):
        reading = read(zero, event("received", at), zero_step="at_once")
        assert (reading.due, reading.phases) == (on(due), (on(due), on(due)))
        assert reading.explain() == ()


def test_a_phase_of_nothing_among_others_ends_where_it_begins(read: Any) -> None:
    assert read(Limit((Phase(0, "working_day"), Phase(1, "working_day"))), event("received", "17 09:00")).phases == (
        on("19 17:00"),
        on("20 17:00"),
    )
    assert read(Limit((Phase(0, "hour"), Phase(1, "working_day"))), event("received", "12 12:00")).phases == (
        on("12 13:00"),
        on("13 17:00"),
    )


def test_same_day_as_a_later_phase_knows_no_cutoff(read: Any) -> None:
    phases = (Phase(2, "hour"), Phase(0, "same_day"), Phase(1, "hour"))
    reading = read(Limit(phases), event("received", "12 14:30"))
    assert reading.phases == (on("12 16:30"), on("12 17:00"), on("13 08:30"))
    assert [entry.reason for entry in reading.explain()] == ["hours", "same_day", "hours"]


def test_days_then_hours_counts_the_whole_days_first(read: Any) -> None:
    limit = Limit.of(Fraction(5, 2), "working_day")
    assert read(limit, RECEIVED, fraction="day_then_hours").phases == (on("14 17:00"), on("15 11:30"))
    assert read(limit, RECEIVED).phases == (on("14 14:30"),)


def test_a_shorter_working_day_is_a_setting(read: Any) -> None:
    reading = read(Limit.of(0.5, "working_day"), RECEIVED, hours_per_day=6)
    assert reading.due == on("12 13:30")
    assert read(FIVE_DAYS, RECEIVED, hours_per_day=6).remaining_text == "còn 7 ngày 4 giờ"


def test_years_that_nobody_knows_are_an_error(standard: Calendar) -> None:
    for limit, at, year in (
        (FIVE_DAYS, datetime(2016, 12, 30, 9), 2016),
        (FIVE_DAYS, datetime(2030, 12, 30, 9), 2031),
        (FIVE_DAYS, datetime(2032, 1, 5, 9), 2032),
        (Limit.of(9999, "calendar_day"), datetime(2025, 5, 12, 9), 2052),
        (Limit.of(10**9, "calendar_day"), datetime(2025, 5, 12, 9), 9999),
        (Limit.of(10**9, "month"), datetime(2025, 5, 12, 9), 9999),
        (Limit.of(10**6, "hour"), datetime(2025, 5, 12, 9), 2031),
    ):
        with pytest.raises(CalendarUnknown) as caught:
            read_clock(limit, [ClockEvent("received", at)], at, standard)
        assert (caught.value.code, caught.value.year) == ("calendar_unknown", year)


# ---- standing still


def test_a_same_day_limit_does_not_end_while_it_stands_still(read: Any) -> None:
    pause = (event("paused", "12 10:00"), event("resumed", "14 10:00"))
    reading = read(Limit.of(0, "same_day"), RECEIVED, *pause)
    assert reading.due == on("15 17:00")
    told = [(entry.date.day, entry.reason, entry.phase) for entry in reading.explain()]
    assert told == [(12, "same_day", None), (13, "paused", 0), (14, "paused", 0), (15, "after_pause", 0)]
    still = read(Limit.of(0, "same_day"), RECEIVED, pause[0], now="16 09:00")
    assert (still.due, still.result_class, still.remaining_text) == (None, "in_time", None)
    assert [entry.date.day for entry in still.explain()] == [12]


def test_the_due_day_after_a_pause_may_be_paused_again(read: Any) -> None:
    pauses = [
        event("paused", "16 10:00"),
        event("resumed", "20 10:00"),
        event("paused", "21 16:00"),
        event("resumed", "22 16:00"),
    ]
    reading = read(Limit.of(4, "working_day"), RECEIVED, *pauses)
    assert reading.due == on("23 17:00")
    told = [(entry.date.day, entry.reason) for entry in reading.explain()][-4:]
    assert told == [(20, "paused"), (21, "after_pause"), (22, "paused"), (23, "after_pause")]


def test_of_several_pauses_over_the_end_the_longest_decides(read: Any) -> None:
    # both cover Friday 17:00; the second stands until Monday, which therefore does not count
    pauses = [
        event("paused", "16 09:00", pause="tax"),
        event("paused", "16 10:00", pause="consult"),
        event("resumed", "16 18:00", pause="tax"),
        event("resumed", "19 09:00", pause="consult"),
    ]
    assert read(Limit.of(4, "working_day"), RECEIVED, *pauses).due == on("20 17:00")


def test_the_end_of_an_inner_phase_is_not_moved_by_a_pause_over_it(read: Any) -> None:
    limit = Limit((Phase(2, "working_day"), Phase(1, "working_day")))
    paused = (RECEIVED, event("paused", "14 10:00"))
    assert read(limit, *paused, now="20 09:00").phases == (on("14 17:00"), None)
    assert read(limit, *paused, event("resumed", "20 10:00")).phases == (on("14 17:00"), on("21 17:00"))


def test_nothing_is_told_of_phases_that_have_not_begun(read: Any) -> None:
    limit = Limit((Phase(2, "working_day"), Phase(1, "working_day"), Phase(1, "hour")))
    reading = read(limit, RECEIVED, event("paused", "13 10:00"))
    assert reading.phases == (None, None, None)
    assert [(entry.date.day, entry.reason) for entry in reading.explain()] == [(12, "start"), (13, "working")]


def test_a_paused_day_names_the_pause(read: Any) -> None:
    pauses = (event("paused", "13 10:00", pause="tax"), event("resumed", "15 10:00", pause="tax"))
    told = [(entry.date.day, entry.pause) for entry in read(FIVE_DAYS, RECEIVED, *pauses).explain()][1:5]
    assert told == [(13, None), (14, "tax"), (15, "tax"), (16, None)]


def test_paused_over_a_rolled_end_is_told_up_to_the_pause(read: Any) -> None:
    reading = read(Limit.of(5, "calendar_day"), RECEIVED, event("paused", "18 10:00"), now="20 09:00")
    assert reading.due is None
    assert [(entry.date.day, entry.reason) for entry in reading.explain()][-2:] == [(17, "calendar"), (18, "roll")]


def test_remaining_is_frozen_by_the_first_open_pause(read: Any) -> None:
    pauses = (
        event("paused", "13 10:00", pause="tax"),
        event("resumed", "15 10:00", pause="tax"),
        event("paused", "16 10:00", pause="tax"),
        event("paused", "19 10:00", pause="consult"),
    )
    reading = read(Limit.of(10, "working_day"), RECEIVED, *pauses, now="29 09:00")
    assert reading.remaining_text == "tạm dừng, còn 8 ngày"  # the 13th and the 16th have run


def test_remaining_in_hours_is_exact_while_paused(read: Any) -> None:
    pauses = (
        event("paused", "13 10:00", pause="tax"),
        event("resumed", "15 10:00", pause="tax"),
        event("paused", "15 16:00", pause="tax"),
    )
    # 12/05: 390, 13/05: 150, 15/05 from 10:00 to 16:00: 270
    assert read(Limit.of(20, "hour"), RECEIVED, *pauses, now="29 09:00").remaining_minutes == 1200 - 810


def test_remaining_is_whole_when_paused_before_anything_ran(read: Any) -> None:
    late = event("received", "12 15:30")
    for limit in (Limit.of(4, "hour"), Limit.of(2, "working_day")):
        reading = read(
            limit, late, event("paused", "12 16:00"), event("resumed", "12 16:30"), event("paused", "12 16:45")
        )
        assert reading.remaining_minutes == (240 if limit.phases[0].unit == "hour" else 960)
    # day zero is the 13th, on which the first pause ends
    pauses = (event("paused", "12 16:00"), event("resumed", "13 09:00"), event("paused", "14 09:00"))
    moved = read(Limit.of(2, "working_day"), late, *pauses, cutoff_moves=["days"])
    assert moved.remaining_minutes == 480
    assert read(Limit.of(2, "working_day"), late, pauses[0], cutoff_moves=["days"]).remaining_minutes == 960


def test_what_is_left_of_several_phases_is_not_shown_while_paused(read: Any) -> None:
    limit = Limit((Phase(2, "hour"), Phase(3, "working_day")))
    reading = read(limit, RECEIVED, event("paused", "13 09:00"))
    assert (reading.state, reading.remaining_minutes, reading.remaining_text) == ("paused", None, None)


def test_paused_exactly_when_due_shows_no_pause(read: Any) -> None:
    reading = read(Limit.of(1, "hour"), RECEIVED, event("paused", "12 10:00"), now="14 09:00")
    assert (reading.due, reading.remaining_minutes, reading.remaining_text) == (on("12 10:00"), 0, "đến hạn")
    assert reading.result_class == "overdue"


def test_a_reading_may_be_taken_beyond_the_calendar_but_not_what_is_left(standard: Calendar) -> None:
    now = datetime(2035, 1, 1)
    reading = read_clock(FIVE_DAYS, [RECEIVED], now, standard)
    assert (reading.result_class, remaining(reading.due, now, standard)) == ("overdue", None)
    with pytest.raises(CalendarUnknown):
        _ = reading.remaining_text


def test_remaining_counts_office_minutes(standard: Calendar) -> None:
    assert remaining(on("13 17:00"), on("12 16:00:30"), standard) == 60 + 480
    assert remaining(on("13 17:00"), on("14 08:30"), standard) == -60
    assert remaining(None, on("14 08:30"), standard) is None
