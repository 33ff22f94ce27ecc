"""Who does a step: turns, one person twice, outside units, the system, the applicant; nobody is never the answer."""

from dataclasses import replace

from app.definition.compile_who import parse_place
from app.engine.world import Actor, Refusal
from tests.engine.office import (
    APPLICANT,
    Play,
    at,
    changed,
    code,
    hand_back,
    intake,
    person,
    procedure,
    step,
)


def test_all_have_their_turn_inside_one_step_and_the_last_one_leaves_it() -> None:
    made = procedure(
        intake(),
        step(
            "sign",
            {"all": ["officer@agency", "head@agency", "leader@authority"]},
            within="1 working day",
            fills=["note"],
        ),
        step("check", "head@agency", not_by=["sign"]),
        hand_back(),
        form={"fields": {"note": {"required": True}}},
    )
    play = Play(made)
    play.receive()
    assert code(play.do("sign", "head@land")) == "not_allowed"
    assert play.do("sign", fill={"note": "x"}) is None
    visit = play.state.visits[0]
    assert (visit.turn, visit.positions, visit.taken) == (1, ("head@land",), ("officer-land",))
    play.do("sign", "head@land")
    assert play.do("sign", "leader@council") is None
    assert play.open == ["check"]
    assert play.do("check", "head@land") == Refusal(
        "same_person", {"step": "check", "before": "sign", "user": "head-land"}
    )
    assert play.do("check", Actor("another", frozenset(("head@land",)))) is None


def test_nobody_checks_his_own_work_whatever_positions_he_holds() -> None:
    made = procedure(intake(), step("work"), step("approve", "leader@authority", not_by=["work"]), hand_back())
    play = Play(made)
    play.receive()
    both = Actor("an", frozenset(("officer@land", "leader@council")))
    play.do("work", both)
    assert code(play.do("approve", both)) == "same_person"
    assert play.why(both)["step", "approve"] == "same_person"
    assert play.do("approve", "leader@council") is None


def test_an_auditor_never_audits_his_own_unit() -> None:
    made = procedure(
        intake(),
        step("audit", ["officer@land", "officer@water"]),
        hand_back(),
        form={"fields": {"about": {"type": "unit"}, "more": {"type": "units"}}},
    )
    for place, unit in (("field.about", "land"), ("land", ""), ("agency", ""), ("field.more", ["land", "desk"])):
        play = Play(changed(made, "audit", not_from=parse_place(place)))
        play.receive(fill={"about" if place.endswith("about") else "more": unit})
        assert code(play.do("audit", "officer@land")) == "not_allowed"
        assert play.do("audit", "officer@water") is None


def test_a_step_of_an_outside_unit_is_answered_for_by_whoever_sent_it_there() -> None:
    play = Play(procedure(intake(), step("work"), step("tax", "officer@tax"), hand_back()))
    play.receive()
    play.do("work")
    visit = play.state.visits[0]
    assert (visit.positions, visit.holder) == (("officer@land",), "officer-land")
    first = Play(procedure(step("tax", "officer@tax"), kind="task"))
    assert first.state.visits[0].positions == ("head@land",)


def test_the_system_does_its_steps_at_once() -> None:
    play = Play(
        procedure(
            intake(),
            step("mark", "system", set={"note": '"xong"'}),
            step("work"),
            hand_back(),
            form={"fields": {"note": {}}},
        )
    )
    play.receive()
    assert (play.open, play.state.answers) == (["work"], {"note": "xong"})
    assert next(visit for visit in play.state.past if visit.step == "mark").actor == "system"


def test_a_circle_without_a_person_ends_in_a_refusal() -> None:
    made = procedure(intake(to="a"), step("a", "system", to="b"), step("b", "system", to="a"), hand_back())
    assert code(Play(made).receive()) == "no_way"


def test_the_applicant_acts_himself_or_through_reception() -> None:
    made = procedure(intake(), step("confirm", "applicant", within="10 days"), hand_back())
    play = Play(made)
    play.receive()
    assert play.state.visits[0].due == at("2025-03-13T23:59")
    assert code(play.do("confirm", "officer@land")) == "not_allowed"
    assert play.do("confirm", APPLICANT) is None
    other = Play(made)
    other.receive()
    assert other.do("confirm", "reception@desk") is None


def test_a_step_without_people_for_the_case_goes_to_the_head() -> None:
    made = procedure(intake(), step("work", "person.who"), hand_back(), form={"fields": {"who": {"type": "user"}}})
    named, nobody = Play(made), Play(made)
    named.receive(fill={"who": "an"})
    nobody.receive()
    assert named.state.visits[0].positions == ("user:an",)
    assert named.do("work", person("officer@water", "an")) is None
    assert nobody.state.visits[0].positions == ("head@land",)
    without = changed(procedure(intake(), step("work"), hand_back()), "work")
    route = without.route.default
    assert route is not None
    bare = replace(route.by_key["work"].by, default=None)
    empty = Play(changed(without, "work", by=bare))
    empty.receive()
    assert empty.state.visits[0].positions == ("head@land",)
