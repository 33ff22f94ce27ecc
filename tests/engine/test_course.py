"""The course of a dossier from submission to return: acceptance, steps, finish, and the journal that tells it."""

import json

import pytest

from app.engine.events import Event
from app.engine.fold import TYPES, apply, fold
from app.engine.moves import Action, move
from app.engine.state import State, state_from_json, state_to_json
from app.engine.statuses import ALLOWED, CODES, WAYS
from app.engine.world import Refusal
from tests.engine.office import MONDAY, Play, at, chained, code, hand_back, intake, person, procedure, step, world

SIMPLE = procedure(
    intake(within="4 hours"),
    step("work", within="2 working days", issues=["permit"]),
    hand_back(),
    results=[{"key": "permit", "title": "Giấy phép", "register": "permits", "given_as": ["paper"]}],
)
RECEIVER = {"receiver": {"name": "Nguyễn Văn An", "identity": "031088000123"}}


def test_a_dossier_goes_from_submission_to_return() -> None:
    play = Play(SIMPLE)
    assert (play.state.status, play.state.code, play.open) == ("submitted", "", ["receive"])
    assert play.receive() is None
    assert (play.state.status, play.state.code) == ("processing", "H24.17-250303-0001")
    assert play.state.due == at("2025-03-17T17:00")
    assert play.do("work") is None
    assert play.state.status == "result_ready"
    assert play.state.results["permit"]["number"] == "01/GP-SNNMT"
    assert play.state.result_class == "early"
    play.later(days=1)
    assert play.do("return", "reception@desk", arguments=RECEIVER) is None
    assert (play.state.status, play.state.ended_at, play.state.visits) == ("returned", play.now, ())
    assert play.state.receiver["name"] == "Nguyễn Văn An"
    assert [event.data["to"] for event in play.journal if event.type == "status_changed"] == [
        "processing",
        "result_ready",
        "returned",
    ]


def test_no_code_is_spent_on_a_draft() -> None:
    where = world()
    Play(SIMPLE, where)
    second = Play(SIMPLE, where)
    second.receive()
    assert second.state.code == "H24.17-250303-0001"


def test_acceptance_orders_the_receipt_slip() -> None:
    play = Play(SIMPLE)
    play.receive()
    assert "receipt" in play.state.prints
    assert ("print_ordered", "receipt") in [(effect.kind, effect.data.get("print")) for effect in play.effects]


def test_the_moment_of_receipt_is_the_arrival_at_the_counter_and_the_acceptance_online() -> None:
    counter, online = Play(SIMPLE), Play(SIMPLE, channel="online", by=person("applicant", "applicant"))
    for play in (counter, online):
        play.later(hours=1)
        play.receive()
    assert counter.state.received_at == MONDAY
    assert online.state.received_at == at("2025-03-03T10:00")
    assert online.state.sent_at == MONDAY


def test_a_receipt_in_the_future_is_refused() -> None:
    play = Play(SIMPLE)
    refusal = play.receive(arguments={"received": "2025-03-04T09:00"})
    assert refusal is not None
    assert (refusal.params["field"], refusal.params["reason"]) == ("received", "out_of_range")
    assert code(play.receive(arguments={"received": "hôm qua"})) == "invalid_value"
    assert play.receive(arguments={"received": "2025-03-03T08:00"}) is None
    assert play.state.received_at == at("2025-03-03T08:00")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"channel": "pigeon"}, "channel"),
        ({"level": "commune"}, "level"),
        ({"variant": "odd"}, "variant"),
        ({"applicant": {"kind": "cooperative"}}, "applicant.kind"),
        ({"received": at("2025-03-04T09:00")}, "received"),
        ({"sent": at("2025-03-04T09:00")}, "sent"),
        ({"answers": {"nothing": 1}}, "nothing"),
        ({"documents": {"nothing": True}}, "nothing"),
    ],
)
def test_an_intake_that_cannot_be_names_the_field(given: dict[str, object], field: str) -> None:
    play = Play(SIMPLE, **given)
    assert isinstance(play.answer, Refusal)
    assert play.answer.params["field"] == field


def test_a_variant_must_be_picked_where_there_are_some() -> None:
    made = procedure(intake(), hand_back(), variants=[{"key": "new", "title": "Cấp mới"}])
    assert isinstance(Play(made).answer, Refusal)
    assert Play(made, variant="new").state.variant == "new"


def test_only_reception_or_the_applicant_opens_a_dossier() -> None:
    play = Play(SIMPLE, by=person("officer@land"))
    assert isinstance(play.answer, Refusal)
    assert play.answer.code == "not_allowed"


def test_the_applicant_can_be_put_right_before_acceptance() -> None:
    play = Play(SIMPLE)
    play.receive(arguments={"applicant": {"kind": "citizen", "name": "Nguyễn Văn Ân"}})
    assert play.state.applicant["name"] == "Nguyễn Văn Ân"


def test_agency_and_route_follow_from_the_answers_at_acceptance() -> None:
    long = chained(intake(), step("study"), hand_back())
    short = chained(intake(), hand_back())
    made = procedure(
        form={"fields": {"urgent": {"type": "yes_no", "required": True}}},
        route={"default": long, "cases": [{"when": "urgent", "is": short}]},
    )
    play = Play(made)
    assert play.receive(fill={"urgent": True}) is None
    assert play.open == ["return"]
    assert play.state.route == 0
    slow = Play(made)
    slow.receive(fill={"urgent": False})
    assert slow.open == ["study"]


def test_an_event_out_of_order_is_refused() -> None:
    play = Play(SIMPLE)
    early = move(
        play.procedure,
        play.state,
        Action("comment", comment="x"),
        person("head@desk"),
        at("2025-03-03T08:59"),
        play.world,
    )
    assert isinstance(early, Refusal)
    assert early.code == "out_of_order"


def test_a_year_without_a_calendar_is_told() -> None:
    play = Play(SIMPLE, now=at("2026-12-30T09:00"))
    refusal = play.receive()
    assert refusal == Refusal("calendar_unknown", {"year": 2027})
    unopened = Play(procedure(step("work", within="3 working days"), kind="task"), now=at("2026-12-31T09:00"))
    assert unopened.answer == Refusal("calendar_unknown", {"year": 2027})


def test_the_journal_survives_being_written_down() -> None:
    play = Play(SIMPLE)
    play.receive()
    play.do("work")
    play.do("return", "reception@desk", arguments=RECEIVER)
    written = json.dumps([[event.type, event.at.isoformat(), event.actor, event.data] for event in play.journal])
    read = [Event(kind, at(moment), actor, data) for kind, moment, actor, data in json.loads(written)]
    assert fold(read) == play.state
    assert state_to_json(fold(read)) == state_to_json(play.state)
    assert state_from_json(state_to_json(play.state)) == play.state


def test_a_fold_goes_on_from_a_state() -> None:
    play = Play(SIMPLE)
    play.receive()
    half = fold(play.journal[:3])
    assert fold(play.journal[3:], half) == play.state
    one_by_one = State()
    for event in play.journal:
        one_by_one = apply(one_by_one, event)
    assert one_by_one == play.state


def test_the_written_state_holds_no_floats_and_keeps_its_keys_in_order() -> None:
    play = Play(SIMPLE)
    play.receive()
    text = state_to_json(play.state)
    keys = list(json.loads(text))
    assert keys == sorted(keys)
    assert json.loads(text, parse_float=pytest.fail)


def test_the_statuses_are_those_of_the_national_portal() -> None:
    assert sorted(CODES.values()) == list(range(1, 11))
    assert set(ALLOWED) == set(CODES)
    for (old, new), way in WAYS.items():
        for before, after in zip((old, *way), way, strict=False):
            assert after in ALLOWED[before], (old, new)
    assert WAYS["financial_duty", "supplement"] == ("processing", "supplement")
    assert WAYS["result_ready", "processing"] == ()


def test_every_event_type_has_a_handler() -> None:
    assert {"opened", "step_entered", "step_left", "clock", "ended"} <= TYPES


def test_internal_work_needs_no_acceptance_and_ends_ready() -> None:
    made = procedure(step("enter"), step("confirm"), kind="task", time_limit="none")
    play = Play(made)
    assert (play.state.status, play.state.accepted_at) == ("processing", MONDAY)
    play.do("enter")
    play.do("confirm")
    assert (play.state.status, play.state.ended_at, play.state.result_class) == ("result_ready", MONDAY, "")


def test_internal_work_is_called_by_its_first_number() -> None:
    made = procedure(
        step("enter", number={"register": {"default": "permits", "cases": []}, "into": "name"}),
        step("confirm"),
        kind="task",
        time_limit="none",
        form={"fields": {"name": {}}},
    )
    play = Play(made)
    play.do("enter")
    assert (play.state.code, play.state.answers["name"]) == ("01/GP-SNNMT", "01/GP-SNNMT")
    assert play.state.numbers == {"permits": ["01/GP-SNNMT"]}


def test_a_service_whose_results_are_not_handed_over_ends_without_a_return() -> None:
    play = Play(procedure(intake(), step("update")))
    play.receive()
    play.do("update")
    assert (play.state.status, play.state.result_class) == ("returned", "early")


def test_returning_asks_who_received() -> None:
    play = Play(procedure(intake(), hand_back()))
    play.receive()
    assert play.do("return", "reception@desk") == Refusal("missing_fields", {"fields": ["receiver.name"]})
    assert code(play.do("return", "reception@desk", arguments={"receiver": "ai đó"})) == "missing_fields"
