"""What expressions see of a dossier, and who may act and read: positions resolved when they are asked for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.definition.compile_who import compile_who
from app.definition.duration import parse_duration
from app.definition.expression import MISSING
from app.definition.model.form import Option
from app.engine.environment import Environment
from app.engine.form_view import form_view
from app.engine.numbering import DEFAULT_CODE, MemoryNumbers, format_number, period_of
from app.engine.rights import heads, may_act, may_read, positions_of, previous_person, readers
from app.engine.state import State, Visit
from app.engine.world import Actor
from tests.engine.office import (
    MONDAY,
    ORGANISATION,
    Play,
    at,
    day,
    hand_back,
    intake,
    organisation,
    person,
    procedure,
    step,
    world,
)

FORM = {
    "fields": {
        "who": {"type": "user"},
        "team": {"type": "users"},
        "place": {"type": "unit"},
        "rows": {"type": "table", "columns": {"unit": {"label": "u", "type": "unit"}}},
        "kind": {"type": "choice", "options": {"a": {"label": "A", "columns": {"sign": "QĐ"}}}, "option_list": "kinds"},
    }
}
MADE = procedure(
    intake(), step("work", within="1 working day"), step("sign", "leader@authority"), hand_back(), form=FORM
)


def seen(state: State, **facts: object) -> Environment:
    """The names of a state on Monday morning."""
    return Environment(MADE, state, world(**facts), MONDAY)


def test_the_names_of_a_dossier() -> None:
    applicant = {"kind": "citizen", "name": "An", "birth_date": "2000-03-04", "address": {"commune": "x", "line": "5"}}
    state = State(
        channel="online",
        level="province",
        agency="land",
        status="processing",
        applicant=applicant,
        received_at=MONDAY,
        due=MONDAY,
        answers={"who": "an", "rows": [{"_key": "1", "unit": "land"}]},
        visits=(Visit(1, "work", holder="an"),),
    )
    env = seen(state)
    assert [env.get(name) for name in ("channel", "level", "agency", "status", "variant")] == [
        "online",
        "province",
        "land",
        "processing",
        None,
    ]
    assert [env.get(f"applicant.{part}") for part in ("kind", "name", "age", "place")] == ["citizen", "An", 24, "x"]
    assert (env.get("representative"), env.get("holder"), env.get("received"), env.get("due")) == (
        False,
        "an",
        MONDAY,
        MONDAY,
    )
    assert (env.get("today"), env.get("now"), env.get("nothing", "x")) == (MONDAY.date(), MONDAY, "x")
    assert env.get("rows") == ({"unit": "land"},)
    assert (env["who"], list(env)[:2], len(env)) == ("an", ["who", "team"], 5)
    with pytest.raises(KeyError):
        env["team"]
    assert seen(State(applicant={"place": "p"})).get("applicant.place") == "p"
    assert seen(State()).get("applicant.age") is None


def test_what_expressions_may_ask_of_the_course() -> None:
    late = Visit(1, "work", entered=MONDAY, due=MONDAY, left=MONDAY + timedelta(days=1), chosen="pass", outcome="done")
    ask = Visit(2, "ask", sent=MONDAY)
    given = Visit(3, "ask", kind="opinion", parent=2, opinion="agree", outcome="done")
    waiting = Visit(4, "ask", kind="opinion", parent=2)
    state = State(past=(late, given), visits=(ask, waiting), documents={"request": {}}, requests=({"stage": "intake"},))
    env = seen(state)
    asked = {
        ("done()", ("work",)): True,
        ("done()", ("sign",)): False,
        ("visits()", ("work",)): 1,
        ("late()", ("work",)): True,
        ("late()", ("ask",)): False,
        ("chosen()", ("work",)): "pass",
        ("chosen()", ("ask",)): None,
        ("opinions()", ("ask", "agree")): 1,
        ("answered()", ("ask",)): 1,
        ("asked()", ("ask",)): 2,
        ("asked()", ("work",)): 0,
        ("handed_in()", ("request",)): True,
        ("supplements()", ()): 1,
        ("within_unit()", ("land", "dept")): True,
        ("within_unit()", ("dept", "land")): False,
        ("working_days_between()", (day("2025-03-03"), day("2025-03-10"))): 5,
        ("working_days_between()", (day("1999-01-01"), day("2025-03-10"))): MISSING,
        ("lookup()", ("odd", "a", "sign")): MISSING,
    }
    for (name, arguments), expected in asked.items():
        assert env.get(name)(*arguments) == expected, name
    assert seen(state, unit_of=lambda user: "land").get("unit_of()")("an") == "land"
    assert env.get("unit_of()") is None


def test_time_is_added_and_lists_are_looked_up() -> None:
    add = seen(State()).get("add()")
    days, hours, none = parse_duration("2 working days"), parse_duration("4 hours"), parse_duration("none")
    assert add(day("2025-03-03"), days) == day("2025-03-05")
    assert add(at("2025-03-03T09:00"), hours) == at("2025-03-03T14:30")
    assert add(day("2025-03-03"), none) is MISSING
    assert add(day("2026-12-31"), days) is MISSING
    kinds = replace(MADE.form.fields["kind"], option_list="kinds", options=(Option("a", "A", columns={"sign": "QĐ"}),))
    made = replace(MADE, form=replace(MADE.form, fields={**MADE.form.fields, "kind": kinds}))
    look = Environment(made, State(), world(), MONDAY).get("lookup()")
    assert (look("kinds", "a", "sign"), look("kinds", "b", "sign"), look("kinds", "a", "odd")) == (
        "QĐ",
        MISSING,
        MISSING,
    )


# ---- who


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("applicant", ("applicant",)),
        ("system", ("system",)),
        ("anyone", ("anyone",)),
        ("reception", ("reception@desk",)),
        ("officer", ("officer@land", "officer@water")),
        ("clerk", ("clerk@dept",)),
        ("reception@agency", ("reception@dept",)),
        ("leader@authority", ("leader@council",)),
        ("head@reception", ("head@desk",)),
        ("head@same", ("head@land",)),
        ("leader@parent", ("leader@dept",)),
        ("head@type.one-stop", ("head@desk",)),
        ("head@field.place", ("head@water",)),
        ("head@field.rows.unit", ("head@land", "head@water")),
        ("person.who", ("user:an",)),
        ("person.team", ("user:an", "user:binh")),
        ("actor.work", ("user:an",)),
        ("actor.receive", ("applicant",)),
        ("actor.sign", ("head@dept",)),
        ("officer@tax", ("officer@land",)),
        (["head@land", "clerk@dept"], ("head@land", "clerk@dept")),
        ({"all": ["head@land", "clerk@dept"]}, ("head@land",)),
        ("member", ("member@dept",)),
    ],
)
def test_parties_become_positions(text: object, expected: tuple[str, ...]) -> None:
    done = Visit(2, "work", positions=("officer@land",), actor="an", position="officer@land", outcome="done")
    filed = Visit(1, "receive", actor="applicant", outcome="done")
    answers = {"who": "an", "team": ["an", "binh"], "place": "water", "rows": [{"unit": "land"}, {"unit": "water"}]}
    state = State(unit="desk", agency="dept", authority="council", answers=answers, past=(filed, done))
    assert positions_of(compile_who(text), MADE, state, ORGANISATION) == expected


def test_turns_and_a_beginning_without_anybody_before() -> None:
    state = State(agency="land", unit="")
    who = compile_who({"all": ["head@land", "clerk@dept"]})
    assert positions_of(who, MADE, state, ORGANISATION, turn=1) == ("clerk@dept",)
    assert positions_of(compile_who("head@same"), MADE, state, ORGANISATION) == ("head@land",)
    assert positions_of(compile_who("officer@tax"), MADE, state, ORGANISATION) == ("head@land",)
    assert positions_of(compile_who("reception"), MADE, state, ORGANISATION) == ("reception@land",)
    assert previous_person(state) is None


def test_work_of_a_unit_that_is_no_more_goes_to_its_successor() -> None:
    office = organisation()
    units = {**office.units, "land": replace(office.units["land"], until=day("2025-02-28"), successor="water")}
    dated = replace(office, units=units)
    who, state = compile_who("head@land"), State(agency="dept")
    assert positions_of(who, MADE, state, dated, on=day("2025-03-03")) == ("head@water",)
    assert positions_of(who, MADE, state, dated, on=day("2025-02-28")) == ("head@land",)


def test_acting_needs_one_of_the_positions() -> None:
    officer = person("officer@land", "an")
    assert may_act(officer, ("head@land", "officer@land")) == "officer@land"
    assert may_act(officer, ("user:an",)) == "user:an"
    assert may_act(officer, ("anyone",)) == "anyone"
    assert may_act(Actor("x", frozenset(("applicant",))), ("anyone",)) == ""
    assert may_act(officer, ("head@land",)) == ""


def test_whoever_takes_part_may_read_and_those_above_them() -> None:
    play = Play(MADE)
    play.receive()
    play.do("work", Actor("an", frozenset(("officer@land",))))
    allowed = readers(MADE, play.state, ORGANISATION)
    expected = {
        "reception@desk",
        "officer@land",
        "head@land",
        "leader@council",
        "head@desk",
        "user:an",
        "user:reception-desk",
    }
    assert allowed == frozenset(expected)
    assert may_read(frozenset(("head@land",)), allowed)
    assert not may_read(frozenset(("officer@water",)), allowed)


def test_what_anyone_may_begin_not_everyone_may_read() -> None:
    made = procedure(step("note", "anyone"), step("work"), kind="record", time_limit="none")
    play = Play(made)
    open_to_all = readers(made, play.state, ORGANISATION)
    assert may_read(frozenset(("officer@water",)), open_to_all)
    play.do("note", "officer@water")
    assert not may_read(frozenset(("clerk@dept",)), readers(made, play.state, ORGANISATION))


def test_heads_are_looked_for_upwards() -> None:
    assert heads("land", ORGANISATION) == ("head@land",)
    assert heads("dept", ORGANISATION) == ("leader@dept",)
    assert heads("tax", ORGANISATION) == ()


def test_people_looked_up_once_are_looked_up_again_for_another_agency() -> None:
    made = procedure(
        intake(),
        step("work"),
        hand_back(),
        form=FORM,
        agency={"default": "land", "cases": [{"when": 'place == "water"', "is": "water"}]},
    )
    for place, expected in (("land", "officer@land"), ("water", "officer@water"), ("land", "officer@land")):
        play = Play(made)
        play.receive(fill={"place": place})
        assert play.state.visits[0].positions == (expected,)


# ---- the form at a step


def test_the_form_of_a_step_says_what_is_seen_demanded_and_open() -> None:
    fields = {"far": {"type": "yes_no", "required": True}, "way": {"show_when": "far", "required": True}, "note": {}}
    made = procedure(intake(), step("work", fills=["note"]), hand_back(), form={"fields": fields})
    state = State(answers={"far": False, "note": "x"})
    view = form_view(made, state, "work", Environment(made, state, world(), MONDAY))
    assert (view.visible, view.required, view.hidden) == (("far", "note"), ("far",), ("way",))
    assert [key for key, one in view.fields.items() if one.fillable] == ["note"]
    assert view.fields["note"].value == "x"
    draft = form_view(made, state, "receive", Environment(made, state, world(), MONDAY, {"far": True}), {"far": True})
    assert (draft.required, draft.fields["far"].value) == (("far", "way"), True)
    assert not any(
        one.fillable for one in form_view(made, state, "", Environment(made, state, world(), MONDAY)).fields.values()
    )


# ---- numbers


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("{n:02}/GP-{unit.sign}", "07/GP-SNNMT"),
        ("{n:02}/{kind.sign}-{unit.sign}", "07/SNNMT"),
        ("{n}/{kind.sign}", "7"),
        ("{unit.code}-{yymmdd}-{n:04}", "H24.10-250303-0007"),
        ("NV{year}-{yy}{month}-{n}", "NV2025-2503-7"),
        ("{agency.code}.{agency.sign}.{n}", "H24.10.SNNMT.7"),
        ("{n}/M", "7/M"),
    ],
)
def test_numbers_are_written_as_the_register_says(pattern: str, expected: str) -> None:
    written = format_number(pattern, 7, at=MONDAY, unit="land", organisation=ORGANISATION, values={"kind.sign": ""})
    assert written == expected


def test_a_unit_without_a_sign_anywhere_writes_under_the_agency() -> None:
    written = format_number("{unit.sign}/{n}", 1, at=MONDAY, unit="tax", organisation=ORGANISATION, values={})
    assert written == "SNNMT/1"
    bare = replace(ORGANISATION, agency=replace(ORGANISATION.agency, sign="", code=""))
    assert format_number("{agency.sign}/{n}", 1, at=MONDAY, unit="", organisation=bare, values={}) == "SNNMT/1"


def test_counting_starts_anew_with_the_period_and_apart_for_units_and_series() -> None:
    numbers = MemoryNumbers(ORGANISATION)
    assert numbers.take("dossier-code", unit="desk", at=MONDAY) == "H24.17-250303-0001"
    assert numbers.take("dossier-code", unit="desk", at=MONDAY) == "H24.17-250303-0002"
    assert numbers.take("dossier-code", unit="dept", at=MONDAY) == "H24.10-250303-0001"
    assert numbers.take("dossier-code", unit="desk", at=at("2025-03-04T09:00")) == "H24.17-250304-0001"
    assert numbers.take("unknown", unit="desk", at=MONDAY) == "1"
    assert period_of(DEFAULT_CODE, MONDAY) == "2025-03-03"
    bare = MemoryNumbers(replace(ORGANISATION, registers={}))
    assert bare.take("dossier-code", unit="desk", at=MONDAY) == "H24.17-250303-0001"
