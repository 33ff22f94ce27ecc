"""Resumptions, restarts, waits, deadlines, extensions and visits that the vectors leave open, counted by hand."""

from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest

from app.engine.calendar import Calendar
from app.engine.clock import (
    ClockEvent,
    ClockSettings,
    Limit,
    LimitError,
    Phase,
    Refused,
    budget_due,
    read_clock,
    read_visits,
    step_due,
)

from .moments import FIVE_DAYS, RECEIVED, event, on

# ---- resume and add, restart, waits, deadlines


def test_time_added_to_an_overdue_dossier_is_less_its_lateness(read: Any) -> None:
    pause = (event("paused", "15 09:00"), event("resumed", "19 09:00", add=Phase(5, "working_day")))
    # due on the 14th; of five more days after it the 15th counts, Friday and Monday are paused
    assert read(Limit.of(2, "working_day"), RECEIVED, *pause).due == on("23 17:00")


def test_time_is_added_to_the_phase_that_runs(read: Any) -> None:
    limit = Limit((Phase(2, "working_day"), Phase(10, "calendar_day"), Phase(1, "working_day")))
    pause = (event("paused", "13 09:00"), event("resumed", "13 10:00", add=Phase(2, "working_day")))
    assert read(limit, RECEIVED, *pause).phases == (on("16 17:00"), on("26 17:00"), on("27 17:00"))
    later = (event("paused", "19 09:00"), event("resumed", "19 10:00", add=Phase(1, "hour")))
    assert read(limit, RECEIVED, *later).phases == (on("14 17:00"), on("26 17:00"), on("27 08:30"), on("28 17:00"))


def test_time_added_to_a_zero_makes_it_measured(read: Any) -> None:
    pause = (event("paused", "13 09:00"), event("resumed", "13 10:00", add=Phase(3, "working_day")))
    assert read(Limit.of(0, "working_day"), RECEIVED, *pause).due == on("15 17:00")


def test_a_restart_forgets_what_was_and_may_have_no_limit(read: Any) -> None:
    limit = Limit((Phase(5, "working_day"),), after_supplement=())
    reading = read(limit, RECEIVED, event("paused", "13 09:00"), event("restarted", "15 09:00"))
    assert (reading.state, reading.due, reading.result_class) == ("running", None, None)
    assert read(limit, RECEIVED, event("restarted", "15 09:00"), event("resumed", "15 09:00")).refused == (
        Refused(2, "not_paused"),
    )


def test_a_wait_can_be_extended_and_finished_and_is_shown_after_a_restart(read: Any) -> None:
    wait = event("waiting", "13 10:00", wait=(Phase(3, "working_day"),))
    reading = read(FIVE_DAYS, RECEIVED, wait, event("extended", "14 10:00", by=Phase(1, "working_day")))
    assert (reading.state, reading.due, reading.remaining_minutes) == ("waiting", on("23 17:00"), None)
    assert read(FIVE_DAYS, RECEIVED, wait, now="16 16:59").state == "waiting"
    assert read(FIVE_DAYS, RECEIVED, wait, now="16 17:00").state == "running"
    done = read(FIVE_DAYS, RECEIVED, wait, event("finished", "14 10:00"))
    assert (done.due, done.result_class, done.warn_at, done.apology_latest) == (on("22 17:00"), "early", (), None)
    again = read(FIVE_DAYS, RECEIVED, wait, event("restarted", "14 10:00"))
    assert (again.wait_until, again.continues_at, again.state) == (on("16 17:00"), on("19 07:30"), "running")


def test_a_wait_of_nothing_is_no_wait(read: Any) -> None:
    reading = read(FIVE_DAYS, RECEIVED, event("waiting", "13 10:00", wait=(Phase(0, "hour"),)))
    assert (reading.state, reading.wait_until, reading.due) == ("running", None, on("19 17:00"))


def test_the_latest_notice_sets_the_citizens_deadline(read: Any) -> None:
    notices = (
        event("paused", "13 10:00", pause="a", citizen=(Phase(2, "working_day"),)),
        event("paused", "14 10:00", pause="b", citizen=(Phase(5, "calendar_day"),)),
    )
    reading = read(FIVE_DAYS, RECEIVED, *notices, now="16 10:00")
    assert (reading.state, reading.citizen_due, reading.lapse_at) == ("paused", on("19 23:59"), on("20 00:00"))
    lapsed = read(FIVE_DAYS, RECEIVED, *notices, now="20 00:00")
    assert (lapsed.state, lapsed.due, lapsed.original_due, lapsed.explain()) == ("lapsed", None, None, ())
    none = read(FIVE_DAYS, RECEIVED, event("paused", "13 10:00", citizen=(Phase(0, "hour"),)), now="06-13 10:00")
    assert (none.state, none.citizen_due) == ("paused", None)


def test_resuming_any_pause_or_stopping_ends_the_deadline(read: Any) -> None:
    notice = event("paused", "13 10:00", pause="a", citizen=(Phase(2, "working_day"),))
    other = (event("paused", "13 11:00", pause="b"), event("resumed", "14 10:00", pause="b"))
    assert read(FIVE_DAYS, RECEIVED, notice, *other, now="29 10:00").state == "paused"
    for last, state in (("stopped", "stopped"), ("finished", "finished"), ("restarted", "running")):
        assert read(FIVE_DAYS, RECEIVED, notice, event(last, "14 10:00"), now="19 10:00").state == state


def test_a_refused_act_does_not_move_the_order(read: Any) -> None:
    reading = read(FIVE_DAYS, RECEIVED, event("resumed", "14 10:00"), event("paused", "13 10:00"))
    assert reading.refused == (Refused(1, "not_paused"),)
    ended = read(
        FIVE_DAYS, RECEIVED, event("stopped", "13 10:00"), event("received", "14 10:00"), event("paused", "12 10:00")
    )
    assert ended.refused == (Refused(2, "finished"), Refused(3, "out_of_order"))


# ---- extension, recalculation


def test_an_extension_of_nothing_is_not_later(read: Any) -> None:
    reading = read(FIVE_DAYS, RECEIVED, event("extended", "13 10:00", by=Phase(0, "working_day")))
    assert reading.refused == (Refused(1, "not_later"),)
    with pytest.raises(ValueError, match="by or to"):
        read(FIVE_DAYS, RECEIVED, event("extended", "13 10:00"))


def test_both_grounds_can_be_used_and_only_the_legal_one_moves_what_lateness_is_judged_by(read: Any) -> None:
    legal = event("extended", "13 10:00", by=Phase(2, "working_day"), ground="legal")
    apology = event("extended", "13 11:00", by=Phase(1, "calendar_day"))
    reading = read(FIVE_DAYS, RECEIVED, legal, apology, now="22 09:00")
    assert (reading.original_due, reading.due, reading.result_class) == (on("21 17:00"), on("22 17:00"), "overdue")
    against = read(FIVE_DAYS, RECEIVED, legal, apology, now="22 09:00", class_against="extended")
    assert against.result_class == "in_time"
    assert reading.apology_latest is None


def test_paused_after_an_apology_is_never_overdue(read: Any) -> None:
    extended = event("extended", "13 10:00", by=Phase(10, "working_day"))
    reading = read(FIVE_DAYS, RECEIVED, extended, event("paused", "27 10:00"), now="06-20 09:00")
    assert (reading.due, reading.original_due, reading.result_class) == (None, on("19 17:00"), "in_time")


def test_an_apology_that_can_never_be_in_time_is_late(read: Any) -> None:
    reading = read(
        Limit.of(1, "working_day"), RECEIVED, event("extended", "12 10:00", by=Phase(1, "hour")), apology_days=2
    )
    assert reading.flags == ("apology_late",)


def test_warnings_before_the_first_known_day_are_left_out(standard: Calendar) -> None:
    at = datetime(2017, 1, 3, 9)
    reading = read_clock(
        Limit.of(1, "working_day"), [ClockEvent("received", at)], at, standard, ClockSettings(apology_days=9)
    )
    assert (reading.warn_at, reading.apology_latest) == ((), None)


def test_recalculation_replays_everything_under_the_new_edition(standard: Calendar, before_swap: Calendar) -> None:
    def at(text: str) -> datetime:
        return datetime.fromisoformat(f"2024-{text}")

    history = [
        ClockEvent("received", at("04-22T09:00")),
        ClockEvent("paused", at("04-23T09:00"), pause="a"),
        ClockEvent("paused", at("04-23T08:00"), pause="b"),
        ClockEvent("resumed", at("04-24T09:00"), pause="a"),
        ClockEvent("extended", at("04-25T09:00"), to=date(2024, 5, 6)),
        ClockEvent("waiting", at("04-25T10:00"), wait=(Phase(2, "working_day"),)),
    ]
    before = read_clock(Limit.of(3, "working_day"), history, at("04-25T10:00"), before_swap)
    assert (before.original_due, before.wait_until) == (at("05-02T17:00"), at("04-29T17:00"))
    again = ClockEvent("recalculated", at("04-26T08:00"), calendar=standard)
    after = read_clock(Limit.of(3, "working_day"), [*history, again, again], at("04-26T08:00"), before_swap)
    assert after.refused == before.refused == (Refused(2, "out_of_order"),)
    assert after.wait_until == at("05-02T17:00")
    assert after.flags == before.flags
    with pytest.raises(ValueError, match="edition"):
        read_clock(FIVE_DAYS, [RECEIVED, event("recalculated", "13 09:00")], on("13 09:00"), standard)


# ---- steps and visits


def test_a_visit_sees_only_its_own_events(standard: Calendar) -> None:
    budgets = {name: Limit.budget([Phase(1, "working_day")]) for name in ("a", "b")}
    events = [
        event("entered", "12 09:00"),
        event("paused", "12 10:00", visit="a"),
        event("resumed", "12 11:00", visit="a"),
        event("left", "13 09:30", visit="b"),
    ]
    reading = read_visits(budgets, events, on("13 09:30"), standard)
    assert (reading.visits["a"].due, reading.visits["b"].due) == (on("13 10:00"), on("13 09:00"))
    assert reading.visits["b"].result_class == "overdue"
    assert reading.join_due == on("13 10:00")
    assert read_visits({}, [], on("13 09:30"), standard).join_due is None


def test_the_step_due_of_every_unit(standard: Calendar) -> None:
    hours, whole_days = ClockSettings(), ClockSettings(step_days="days")
    midnight = ClockSettings(step_days="days", end_of_day="midnight")
    entered = on("16 14:00")
    assert step_due(4, "hour", entered, standard, hours) == on("19 08:30")
    assert step_due(Fraction(1, 2), "hour", entered, standard, hours) == on("16 14:30")
    assert step_due(Fraction(3), "working_day", entered, standard, whole_days) == on("21 17:00")
    assert step_due(0.5, "working_day", entered, standard, whole_days) == on("19 08:30")
    assert step_due(3, "working_day", entered, standard, midnight) == on("21 23:59")
    assert step_due(1, "month", entered, standard, hours) == on("06-16 17:00")
    assert step_due(0, "same_day", entered, standard, hours) == on("16 17:00")
    assert step_due(0, "hour", entered, standard, hours) is None
    assert step_due(0, "hour", entered, standard, ClockSettings(zero_step="at_once")) == entered
    assert budget_due((Phase(1, "hour"), Phase(1, "calendar_day")), entered, standard, hours) == on("19 17:00")
    with pytest.raises(LimitError):
        step_due(-1, "hour", entered, standard, hours)
