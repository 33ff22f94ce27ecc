"""What is owed and what must be handed in: amounts, grounds, groups, counts, and what blocks a step."""

from decimal import Decimal
from typing import Any

import pytest

from app.definition.model.money import Band, FixedAmount, Tiers
from app.definition.model.procedure import Procedure
from app.engine.documents import listed, missing, needed
from app.engine.environment import environment
from app.engine.fees import amount_of, balance, fees_due, is_settled, total, unpaid
from app.engine.state import State
from app.engine.world import Refusal
from tests.engine.office import MONDAY, Play, code, hand_back, intake, procedure, step, world

FIELDS = {
    "pages": {"type": "integer"},
    "cost": {"type": "money"},
    "far": {"type": "yes_no"},
    "subject": {"type": "choice", "options": {"land": {"label": "Đất"}, "house": {"label": "Nhà"}}},
}


def fee(amount: Any, key: str = "fee", **more: Any) -> dict[str, Any]:
    """One fee of the expanded document."""
    return {
        "key": key,
        "title": key,
        "kind": "fee",
        "collect": "before_result",
        "amount": amount if isinstance(amount, dict) and "default" in amount else {"default": amount, "cases": []},
        **more,
    }


def owed(*fees: dict[str, Any], channel: str = "counter", **answers: Any) -> list[tuple[str, int | None, str]]:
    """What a dossier with these answers owes."""
    made = procedure(intake(), hand_back(), form={"fields": FIELDS}, fees=list(fees))
    state = State(channel=channel, answers=answers, applicant={"kind": "citizen"})
    return [(due.key, due.amount, due.state) for due in fees_due(made, environment(made, state, world(), MONDAY))]


def test_amounts_are_fixed_computed_or_wait_for_a_decision() -> None:
    assert owed(fee(5000)) == [("fee", 5000, "due")]
    computed = fee("2000 * min(pages, 2) + 1000 * max(pages - 2, 0)")
    assert owed(computed, pages=5) == [("fee", 7000, "due")]
    assert owed(computed) == [("fee", None, "unknown")]
    assert owed(fee("to_be_set")) == [("fee", None, "unknown")]
    assert owed(fee({"default": 1, "cases": [{"when": "far", "is": 2}]}), far=True) == [("fee", 2, "due")]


def test_a_table_is_walked_down_and_across_with_else_for_the_rest() -> None:
    cells = {"land": {"online": 90, "else": 100}, "else": {"online": 45, "else": 50}}
    table = fee({"table": {"down": ["subject"], "across": "channel", "cells": cells}})
    assert owed(table, subject="land") == [("fee", 100, "due")]
    assert owed(table, channel="online", subject="house") == [("fee", 45, "due")]
    assert owed(table) == [("fee", None, "unknown")]
    flags = fee({"table": {"down": ["far"], "cells": {"true": 7, "false": 8}}})
    assert owed(flags, far=True) == [("fee", 7, "due")]
    assert owed(flags, far=False) == [("fee", 8, "due")]
    shallow = fee({"table": {"down": ["subject", "far"], "cells": {"land": 7}}})
    assert owed(shallow, subject="land", far=True) == [("fee", None, "unknown")]


def test_tiers_take_the_first_band_that_fits_and_a_share_of_what_lies_above() -> None:
    bands = [{"up_to": 1000, "is": 10}, {"below": 3000, "is": 10, "plus": "0.5"}, {"is": 20, "plus": "0.25%"}]
    tiers = fee({"tiers": {"of": "cost", "bands": bands}})
    expected = {1000: 10, 2000: 15, 3000: 20, 7000: 30}
    assert {cost: owed(tiers, cost=cost)[0][1] for cost in expected} == expected
    assert owed(tiers) == [("fee", None, "unknown")]
    made = procedure(intake(), hand_back(), form={"fields": FIELDS}, fees=[tiers])
    amount = made.fees[0].amount.default
    assert isinstance(amount, Tiers)
    assert amount_of(Tiers(amount.of, (Band(5, up_to=1),)), {"cost": 9}) is None
    assert amount_of(FixedAmount(5), {}) == Decimal(5)


def test_cap_and_floor_hold_for_one_unit_then_times_then_reductions_one_after_the_other() -> None:
    rules = {
        "times": "pages",
        "max": 100,
        "reductions": [
            {"when": "far", "percent": "50", "why": "Vùng xa"},
            {"when": "far", "percent": "10", "why": "Khuyến khích"},
            {"when": "not far", "percent": "1"},
        ],
    }
    assert owed(fee(300, **rules), pages=3, far=True) == [("fee", 135, "due")]
    assert owed(fee(1, min=5, times="pages"), pages=3) == [("fee", 15, "due")]
    assert owed(fee(300, **rules), far=True) == [("fee", None, "unknown")]


def test_money_is_rounded_half_up_once_at_the_end() -> None:
    third = [{"when": "far", "percent": "0.5"}, {"when": "far", "percent": "0"}]
    assert owed(fee(101, reductions=third), far=True) == [("fee", 100, "due")]
    assert owed(fee(5, reductions=[{"when": "far", "percent": "50"}]), far=True) == [("fee", 3, "due")]


def test_the_first_exemption_makes_it_free_and_a_false_condition_makes_it_nothing() -> None:
    free = fee(300, exemptions=[{"when": "not far", "why": "x"}, {"when": "far", "why": "Hộ nghèo"}])
    assert owed(free, far=True) == [("fee", 0, "exempt")]
    assert owed(fee(300, when="far"), far=False) == []
    assert owed(fee(300, when="far")) == []


def test_the_sum_leaves_out_obligations_payouts_other_money_and_what_is_not_known() -> None:
    kinds = [
        fee(1, "a"),
        fee(2, "b", kind="charge"),
        fee(4, "c", kind="obligation"),
        fee(8, "d", kind="payout"),
        fee(16, "e", kind="price"),
        fee(32, "f", currency="USD"),
        fee("to_be_set", "g"),
    ]
    made = procedure(intake(), hand_back(), fees=kinds)
    due = fees_due(made, environment(made, State(), world(), MONDAY))
    assert (total(due), total(due, frozenset(("obligation",)))) == (19, 4)


def test_acceptance_waits_for_the_fee_or_records_a_reason() -> None:
    made = procedure(intake(), hand_back(), fees=[fee(500, collect="at_intake")])
    assert Play(made).receive() == Refusal("unpaid", {"fees": ["fee"]})
    assert Play(made).receive(pay={"fee": True}) is None
    play = Play(made)
    assert play.receive(arguments={"unpaid_reason": "Nộp qua bưu điện"}) is None
    assert any(event.type == "unpaid_accepted" for event in play.journal)


def test_the_result_is_not_handed_over_before_it_is_paid() -> None:
    play = Play(
        procedure(intake(), hand_back(), fees=[fee(500), fee("to_be_set", "later"), fee(5, "out", kind="payout")])
    )
    play.receive()
    receiver = {"receiver": {"name": "An"}}
    refusal = play.do("return", "reception@desk", arguments=receiver)
    assert refusal == Refusal("unpaid", {"step": "return", "fees": ["fee"]})
    assert play.why("reception@desk")["step", "return"] == "unpaid"
    play.conduct("pay", "reception@desk", pay={"fee": True})
    assert play.do("return", "reception@desk", arguments=receiver) is None


def test_what_is_settled_is_paid_exempt_or_not_due() -> None:
    made = procedure(
        intake(),
        hand_back(),
        form={"fields": FIELDS},
        fees=[fee(500), fee("to_be_set", "set"), fee(9, "none", when="far")],
    )
    state = State(fees={"fee": {"paid": 200}, "set": {"charged": 70, "paid": 70}})
    env = environment(made, state, world(), MONDAY)
    assert [(entry.fee.key, entry.rest, entry.is_settled) for entry in balance(made, state, env)] == [
        ("fee", 300, False),
        ("set", 0, True),
    ]
    assert unpaid(made, state, env, frozenset(("before_result",))) == ("fee",)
    assert (is_settled(made, state, env, "fee"), is_settled(made, state, env, "none")) == (False, True)
    assert env.get("paid()")("set") is True


# ---- papers

PAPERS = [
    {"key": "request", "title": "Đơn", "originals": 1, "certified_copies": 2},
    {"key": "plan", "title": "Bản vẽ", "copies": 1, "when": "far"},
    {"key": "maybe", "title": "Nếu có", "required": False},
    {"key": "sometimes", "title": "Khi cần", "required": False, "required_when": "far"},
    {"key": "card", "title": "Thẻ", "presented": True},
    {
        "group": "proof",
        "title": "Một trong các giấy tờ",
        "of": "one",
        "when": "far",
        "items": [
            {"key": "deed", "title": "Hợp đồng"},
            {
                "group": "inner",
                "title": "Hoặc",
                "of": "all",
                "items": [{"key": "will", "title": "Di chúc", "when": 'subject == "land"'}],
            },
        ],
    },
    {
        "group": "all",
        "title": "Tất cả",
        "of": "all",
        "items": [
            {"key": "form", "title": "Tờ khai", "form": "f"},
            {"group": "none", "title": "x", "of": "any", "items": [{"key": "soft", "title": "y", "required": False}]},
        ],
    },
]


def papers() -> Procedure:
    """A procedure with papers of every kind."""
    return procedure(intake(), step("work"), hand_back(), form={"fields": FIELDS}, documents=PAPERS)


def test_what_must_come_depends_on_the_case_and_groups_count_once() -> None:
    made = papers()
    far = environment(made, State(answers={"far": True}), world(), MONDAY)
    near = environment(made, State(answers={"far": False}), world(), MONDAY)
    assert [want.key for want in needed(made, far)] == ["request", "plan", "sometimes", "card", "proof", "form"]
    assert [want.key for want in needed(made, near)] == ["request", "card", "form"]
    assert [paper.key for paper in listed(made, near)] == ["request", "maybe", "sometimes", "card", "form", "soft"]
    everything = ["request", "plan", "maybe", "sometimes", "card", "deed", "form", "soft"]
    assert [paper.key for paper in listed(made, far)] == everything


@pytest.mark.parametrize(
    ("entry", "comes"),
    [
        (True, True),
        ({"originals": 1}, False),
        ({"originals": 1, "certified_copies": 2}, True),
        ({"files": ["a.pdf"]}, True),
        ({"source": "land-db"}, True),
    ],
)
def test_a_paper_has_come_when_its_counts_are_there_or_it_was_found_or_uploaded(entry: object, comes: bool) -> None:
    play = Play(papers())
    refusal = play.receive(fill={"far": False}, documents={"request": entry, "card": {"presented": True}, "form": True})
    assert (refusal is None) == comes
    if refusal is not None:
        assert refusal == Refusal("missing_documents", {"documents": ["request"]})


def test_one_paper_of_a_group_is_enough_and_a_form_filled_online_counts_by_itself() -> None:
    made = papers()
    state = State(
        channel="online",
        answers={"far": True},
        documents={"deed": {"copies": 1}, "card": {}, "request": {"source": "x"}, "plan": {"copies": 1}},
    )
    assert missing(made, state, environment(made, state, world(), MONDAY)) == ("sometimes", "card")


@pytest.mark.parametrize("entry", [False, {"odd": 1}, {"originals": -1}, {"copies": "2"}, {"scans": 5000}, 7])
def test_a_checklist_line_that_cannot_be_is_refused(entry: object) -> None:
    play = Play(papers())
    assert code(play.receive(documents={"request": entry})) == "invalid_value"


def test_papers_of_a_later_phase_are_not_asked_for_at_the_first_intake() -> None:
    group = {
        "group": "proof",
        "title": "Một trong",
        "of": "one",
        "items": [{"key": "deed", "title": "A"}],
        "phase": "second",
    }
    entries = [{"key": "plan", "title": "Bản vẽ", "phase": "second"}, group]
    phases = [{"key": "first", "title": "1"}, {"key": "second", "title": "2"}]
    phase = procedure(intake(), hand_back(), documents=entries, phases=phases)
    asked = needed(phase, environment(phase, State(), world(), MONDAY), "second")
    assert [want.key for want in asked] == ["plan", "proof"]
    assert needed(phase, environment(phase, State(), world(), MONDAY)) == ()
