"""Corners of the engine that ordinary walks do not reach, each of them something that happens once a year."""

from dataclasses import replace
from datetime import datetime

from app.definition.model.form import Section
from app.definition.model.route import Wait
from app.engine.clock import ClockSettings
from app.engine.filling import Names
from app.engine.state import State
from app.engine.sweeping import sweep
from app.engine.timing import read
from app.engine.until import end_of, until_moment
from app.engine.world import Actor, Refusal
from tests.engine.office import (
    APPLICANT,
    CALENDAR,
    DAYS,
    MONDAY,
    Play,
    accepted,
    at,
    changed,
    code,
    day,
    hand_back,
    intake,
    person,
    procedure,
    step,
    world,
)


def test_a_moment_of_receipt_may_be_given_typed() -> None:
    play = Play(procedure(intake(), hand_back()))
    assert play.receive(arguments={"received": datetime(2025, 3, 3, 8, 0)}) is None
    dated = Play(procedure(intake(), hand_back()))
    assert dated.receive(arguments={"received": day("2025-03-03")}) is None
    assert (play.state.received_at, dated.state.received_at) == (at("2025-03-03T08:00"), at("2025-03-03T00:00"))


def test_sections_named_by_a_step_of_the_model_are_opened_up() -> None:
    made = procedure(intake(), step("work"), hand_back(), form={"fields": {"a": {"required": True}, "b": {}}})
    section = Section("part", "Phần", ("a", "b"))
    made = changed(replace(made, form=replace(made.form, sections=(section,))), "work", fills=("part", "nothing"))
    play = Play(made)
    assert play.receive() is None
    assert play.do("work") == Refusal("missing_fields", {"fields": ["a"]})
    assert play.do("work", fill={"a": "x", "b": "y"}) is None


def test_an_unplanned_dead_end_behind_a_branch_is_refused() -> None:
    form = {"fields": {"far": {"type": "yes_no"}}}
    nowhere = [{"when": "far", "to": ["end"], "comment": "optional"}]
    made = procedure(intake(to=["a", "b"]), step("a", when="far", next=nowhere), step("b"), hand_back(), form=form)
    assert Play(made).receive() == Refusal("no_way", {"step": "a"})
    join = procedure(
        intake(to=["a", "b"]),
        step("a", to="j"),
        step("b", to="j"),
        step("j", joins=["a", "b"], when="far", next=nowhere),
        hand_back(),
        form=form,
    )
    play = Play(join)
    play.receive()
    play.do("a")
    assert play.do("b") == Refusal("no_way", {"step": "j"})


def test_values_that_a_step_empties_are_cleared_with_what_hangs_on_them() -> None:
    fields = {"far": {"type": "yes_no"}, "way": {"show_when": "far"}}
    made = procedure(intake(), step("work", set={"far": "false"}), hand_back(), form={"fields": fields})
    play = Play(made)
    play.receive(fill={"way": "x"})
    assert play.state.answers == {}
    play.do("work")
    assert play.state.answers == {"far": False}


def test_a_step_by_the_system_whose_way_is_not_known_stops_the_move() -> None:
    lines = [{"when": "far", "to": ["return"], "comment": "optional"}]
    made = procedure(
        intake(),
        step("mark", "system", set={"far": "far"}, next=lines),
        hand_back(),
        form={"fields": {"far": {"type": "yes_no"}}},
    )
    assert Play(made).receive() == Refusal("no_way", {"step": "mark"})


def test_several_may_have_to_agree_as_the_rules_name_them() -> None:
    play = accepted(step("work", allow={"refuse": {"approve": ["leader@authority", "head@agency"]}}))
    play.conduct("refuse", reason="x")
    assert play.state.visits[-1].positions == ("leader@council", "head@land")
    assert play.conduct("approve", "head@land") is None
    own = accepted(step("work", "head@agency", allow={"refuse": {"approve": ["head@agency"]}}))
    assert own.conduct("refuse", "head@land", reason="x") is None
    assert own.state.status == "stopped"


def test_a_limit_of_one_day_has_nothing_to_measure_an_extension_by() -> None:
    play = accepted(step("work"), time_limit="same day", conduct={"extend": {"before": "none"}})
    assert play.conduct("extend", "leader@council", to="2025-06-02", reason="x") is None
    assert play.state.due == at("2025-06-02T17:00")


def test_an_apology_may_be_counted_in_hours() -> None:
    play = accepted(step("work"), conduct={"extend": {"before": "4 hours"}})
    play.now = at("2025-03-14T17:01")
    assert code(play.conduct("extend", "leader@council", to="2025-03-20", reason="x")) == "too_late"


def test_a_step_recalled_from_a_table_that_is_no_more_is_not_recalled() -> None:
    play = accepted(step("work"), step("next"))
    play.do("work")
    gone = replace(
        play.state,
        past=tuple(visit._replace(step="gone") if visit.step == "work" else visit for visit in play.state.past),
    )
    play.state = gone
    assert code(play.conduct("recall")) == "wrong_status"
    assert code(play.conduct("send_back", step="next", to="gone", comment="x")) == "wrong_status"


def test_what_the_applicant_took_back_is_not_sent_back_to_him() -> None:
    play = accepted(step("check"), step("confirm", "applicant"), step("work"))
    play.do("check")
    play.do("confirm", APPLICANT)
    for wrong in ("confirm", "receive"):  # nor to where it was accepted: the receipt is out
        assert code(play.conduct("send_back", to=wrong, comment="x")) == "invalid_value"
    assert play.conduct("send_back", to="check", comment="x") is None


def test_the_sweep_marks_what_has_no_calendar() -> None:
    late = [{"when": "far", "is": "2 working days"}]
    steps = (
        step("work", within="1 working day", on_late="next"),
        step("next", within={"default": "none", "cases": late}),
    )
    play = Play(
        procedure(intake(), *steps, hand_back(), form={"fields": {"far": {"type": "yes_no"}}}, time_limit="none"),
        now=at("2026-12-29T09:00"),
    )
    play.receive(fill={"far": True})
    outcome = sweep(play.procedure, play.state, at("2026-12-31T09:00"), play.world)
    assert outcome is not None
    assert outcome.events[-1].data["because"] == "calendar_unknown"


def test_a_page_opens_though_the_calendar_ends() -> None:
    made = procedure(intake(), step("work", allow={"supplement": {}}), hand_back(), time_limit="none")
    play = Play(made, now=at("2026-12-31T09:00"))
    play.receive()
    assert play.why("officer@land")["supplement", "work"] == "calendar_unknown"
    assert play.conduct("supplement", reason="x") == Refusal("calendar_unknown", {"year": 2027})


def test_a_date_ends_at_midnight_where_the_setting_or_the_calendar_says_so() -> None:
    assert end_of(day("2025-03-03"), CALENDAR, ClockSettings(end_of_day="midnight")) == at("2025-03-03T23:59")
    assert end_of(day("2030-03-04"), CALENDAR, DAYS) == at("2030-03-04T23:59")
    assert end_of(day("2025-03-08"), CALENDAR, DAYS) == at("2025-03-08T23:59")
    assert until_moment(None, {}, CALENDAR, DAYS) is None
    made = procedure(
        step("work", within="until exam"),
        kind="task",
        form={"fields": {"exam": {"type": "datetime"}, "note": {"type": "note"}}},
    )
    play = Play(made, answers={"exam": "2025-03-07T10:15"})
    assert play.state.visits[0].due == at("2025-03-07T10:15")


def test_a_limit_until_a_day_is_read_again_at_its_finish() -> None:
    entries = [{"type": "received", "at": "2025-03-03T09:00"}, {"type": "finished", "at": "2025-03-05T09:00"}]
    limit = {"kind": "until", "until": "2025-03-04T17:00:00", "starts": "received", "cutoff": ""}
    said = read(entries, limit, at("2025-03-05T09:00"), world())
    assert (said.state, said.result_class) == ("finished", "overdue")
    assert read([*entries[:1], {"type": "stopped", "at": "2025-03-05T09:00"}], limit, MONDAY, world()).due is None


def test_the_names_of_defaults_are_those_of_the_person_and_the_dossier() -> None:
    names = Names({"user": "an"}, {"user": "x", "far": True})
    assert (names["user"], names["far"], list(names), len(names)) == ("an", True, ["user", "far"], 2)


def test_a_wait_for_a_message_ends_by_hand() -> None:
    play = Play(changed(procedure(intake(), step("hear"), hand_back()), "hear", wait=Wait("message", of=("result",))))
    play.receive()
    assert play.open == ["hear"]
    assert play.do("hear", attach={"proof": True}) is None


def test_conduct_without_staff_and_answers_of_nobody() -> None:
    play = accepted(step("work"))
    assert code(play.conduct("reassign", Actor("system", frozenset(("system",))), to="x")) == "not_allowed"
    assert code(play.conduct("release", person("clerk@dept"))) == "wrong_status"
    assert State().visit(5) is None


def test_values_written_by_the_step_itself() -> None:
    made = procedure(
        intake(),
        step("work", set={"on": "today", "gone": "gone"}),
        hand_back(),
        form={"fields": {"on": {"type": "date"}, "gone": {}}},
    )
    play = Play(made)
    play.receive()
    play.do("work")
    assert play.state.answers == {"on": "2025-03-03"}
