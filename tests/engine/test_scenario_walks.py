"""Scenarios of conduct, consultations, payments and branches; which ways a walk has taken."""

from tests.engine.office import step
from tests.engine.test_scenarios import only, run


def test_conduct_and_the_clock() -> None:
    walk = [
        "receive",
        {
            "do": "supplement",
            "at": "2025-03-04 09:00",
            "with": {"reason": "Thiếu", "documents": ["request"]},
            "expect": {"clock": "paused", "status": "supplement", "open": [], "prints": ["supplement"]},
        },
        {"do": "resubmit", "at": "2025-03-05 09:00", "expect": {"open": ["work"], "due": "2025-03-19 17:00"}},
        {"do": "supplement", "refused": "too_many_supplements"},
        {
            "do": "extend",
            "at": "2025-03-06 09:00",
            "with": {"to": "2025-03-21", "reason": "x"},
            "expect": {"due": "2025-03-21 17:00", "prints": ["apology"]},
        },
        {"do": "work", "at": "2025-03-07 09:00"},
        {"do": "recall", "expect": {"open": ["work"]}},
        "work",
        {"do": "send_back", "by": "leader@authority", "with": {"to": "work", "comment": "Xem lại"}},
        {"do": "stop", "expect": {"status": "stopped", "clock": "stopped"}},
    ]
    steps = (step("work", allow={"supplement": {}}), step("sign", "leader@authority"))
    assert only({"walk": walk}, steps=steps) == ()


def test_time_alone_may_end_a_dossier() -> None:
    walk = [
        "receive",
        {"do": "supplement", "with": {"reason": "Thiếu"}},
        {"do": "clock", "at": "2025-05-05 09:00", "expect": {"status": "stopped", "clock": "lapsed", "open": []}},
    ]
    assert only({"walk": walk}) == ()


def test_an_approval_is_an_act_of_its_own() -> None:
    steps = (step("work", allow={"refuse": {"approve": "leader@authority"}}),)
    walk = [
        "receive",
        {"do": "refuse", "with": {"reason": "x"}, "expect": {"open": ["work", "approval"]}},
        {"do": "approve", "by": "leader@authority", "expect": {"status": "stopped"}},
    ]
    assert only({"walk": walk}, steps=steps) == ()
    rejected = [*walk[:2], {"do": "reject", "expect": {"open": ["work"]}}]
    assert only({"walk": rejected}, steps=steps) == ()


CONSULT = {
    "ask": [{"by": "officer@tax"}, {"by": "head@water"}],
    "within": {"default": "2 working days", "cases": []},
    "opinions": {"agree": "Đồng ý", "no": "Không"},
    "silence": "agree",
    "fills": [],
}


def test_opinions_are_given_all_at_once_or_one_by_one() -> None:
    steps = (step("ask", consult=CONSULT), step("next"))
    planned = {"do": "receive", "expect": {"consulted": ["officer@tax", "head@water"]}}
    one = {
        "do": "ask",
        "answer": {"head@water": "no"},
        "expect": {"open": ["ask"], "answers": {"head@water": "no"}, "consulted": ["officer@tax", "head@water"]},
    }
    rest = {"do": "ask", "answer": {"all": "agree"}, "expect": {"open": ["next"], "answers": {"officer@tax": "agree"}}}
    wrong = {"do": "ask", "answer": {"all": "odd"}, "refused": "invalid_value"}
    assert only({"walk": [planned, one, rest]}, steps=steps) == ()
    assert only({"walk": ["receive", wrong]}, steps=steps) == ()
    silent = {
        "do": "clock",
        "at": "2025-03-06 08:00",
        "expect": {"answers": {"officer@tax": "agree"}, "open": ["next"]},
    }
    assert only({"walk": ["receive", "ask", silent]}, steps=steps) == ()


def test_a_step_that_waits_for_money_is_passed_or_paid_or_ended_by_hand() -> None:
    paying = step(
        "pay", "applicant", wait={"for": "payment", "of": ["duty"], "by_hand": "reception"}, status="financial_duty"
    )
    steps = (paying, step("next"))
    assert only({"walk": ["receive", "next", "return"]}, steps=steps) == ()
    assert only({"walk": ["receive", {"do": "pay", "pay": ["duty"], "expect": {"open": ["next"]}}]}, steps=steps) == ()
    given = {"received": "2025-03-03 09:00", "form": {"far": False}, "unpaid": ["duty"]}
    assert (
        only(
            {
                "given": given,
                "walk": [
                    "receive",
                    {"do": "next", "refused": "wrong_status"},
                    {"do": "pay", "expect": {"open": ["next"]}},
                ],
            },
            steps=steps,
        )
        == ()
    )


def test_attachments_optional_steps_and_buttons() -> None:
    buttons = [
        {"choose": "on", "title": "Tiếp", "to": ["return"], "comment": "required"},
        {"choose": "again", "title": "Lại", "to": ["work"], "comment": "optional"},
    ]
    steps = (
        step(
            "work", attach=[{"key": "minutes", "title": "Biên bản", "required": True}, {"key": "photo", "title": "Ảnh"}]
        ),
        step("visit", optional=True),
        step("decide", next=buttons),
    )
    walk = [
        "receive",
        {"do": "work", "attach": ["photo"], "with": {"include": ["visit"]}},
        "visit",
        {"do": "decide", "choose": "again"},
        "work",
        {"do": "decide", "choose": "on"},
    ]
    (result,) = run({"walk": walk}, steps=steps)
    assert result.ok, result.failures
    assert {
        ("receive", "work"),
        ("work", "visit"),
        ("visit", "decide"),
        ("decide", "work"),
        ("decide", "return"),
    } <= result.walked


def test_ways_to_joins_and_to_the_end_are_seen() -> None:
    steps = (
        step("fork", to=["a", "b"]),
        step("a", to="join"),
        step("b", to="join"),
        step("join", joins=["a", "b"], to="end"),
    )
    (result,) = run({"walk": ["receive", "fork", "a", "b", "join"]}, steps=steps)
    assert result.ok, result.failures
    assert result.walked == {
        ("receive", "fork"),
        ("fork", "a"),
        ("fork", "b"),
        ("a", "join"),
        ("b", "join"),
        ("join", "end"),
    }


def test_rows_are_completed_and_as_many_as_the_table_wants() -> None:
    columns = {
        "name": {"label": "Tên", "required": True},
        "size": {"label": "Cỡ", "type": "decimal", "decimals": 1},
        "seen": {"label": "x"},
    }
    form = {
        "fields": {
            "far": {"type": "yes_no"},
            "list": {"type": "table", "min_rows": 2, "columns": columns},
            "part": {"type": "table", "required": True, "columns": columns},
        }
    }
    given = {"received": "2025-03-03 09:00", "form": {"far": False, "list": [{"size": "1.5"}]}}
    steps = (step("work", fills=["list.seen"]),)
    walk = [{"do": "receive", "expect": {"fields": {"list": [{"_key": "1", "name": "Tên", "size": "1.5"}]}}}]
    (failure,) = only({"given": given, "walk": walk}, steps=steps, form=form)
    assert "'_key': '2'" in failure.got
    assert (
        only(
            {"given": given, "walk": ["receive", {"do": "work", "fill": {"list": [{"seen": "có"}]}}]},
            steps=steps,
            form=form,
        )
        == ()
    )
