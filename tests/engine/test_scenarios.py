"""The tests that stand in procedure files: they walk, they fail readably, they say what they must give themselves."""

from pathlib import Path
from typing import Any

import pytest

from app.definition.calendar_years import settings_on
from app.definition.check import check_config
from app.engine.calendar import Calendar
from app.engine.clock import ClockSettings
from app.engine.numbering import MemoryNumbers
from app.engine.scenario import Failure, ScenarioResult, run_scenarios
from app.engine.world import World
from tests.engine.office import day, hand_back, intake, procedure, step, world

CONFIG = Path(__file__).resolve().parents[2] / "config"
FIELDS = {
    "far": {"type": "yes_no", "required": True},
    "note": {"required": True},
    "size": {"type": "decimal", "decimals": 2, "required": True, "min": 1},
    "opinion": {"type": "long_text", "required": True, "min_length": 30},
    "extra": {"show_when": "far"},
}
FEES = [
    {"key": "fee", "title": "Phí", "kind": "fee", "collect": "at_intake", "amount": {"default": 500, "cases": []}},
    {
        "key": "duty",
        "title": "Thuế",
        "kind": "obligation",
        "collect": "before_result",
        "amount": {"default": 70, "cases": []},
    },
    {
        "key": "set",
        "title": "Sau",
        "kind": "fee",
        "collect": "at_return",
        "amount": {"default": "to_be_set", "cases": []},
    },
]
PAPERS = [
    {"key": "request", "title": "Đơn", "originals": 1},
    {
        "group": "proof",
        "title": "Một trong",
        "of": "one",
        "items": [{"key": "deed", "title": "A"}, {"key": "will", "title": "B"}],
    },
]


def run(*tests: dict[str, Any], steps: tuple[dict[str, Any], ...] = (), **more: Any) -> tuple[ScenarioResult, ...]:
    """The tests of a procedure with one officer's step between intake and return."""
    middle = steps or (
        step("work", within="1 working day", fills=["opinion"], allow={"supplement": {}, "refuse": {}}, print=["slip"]),
        step("sign", "leader@authority", not_by=["work"], issues=["permit"]),
    )
    given = {"received": "2025-03-03 09:00", "form": {"far": False}}
    written = [{"name": f"test {n}", "given": given, "walk": [], **test} for n, test in enumerate(tests)]
    made = procedure(
        intake(),
        *middle,
        hand_back(),
        form=more.pop("form", {"fields": FIELDS}),
        fees=more.pop("fees", FEES),
        documents=more.pop("documents", PAPERS),
        results=[{"key": "permit", "title": "Giấy phép", "register": "permits"}],
        time_limit={
            "default": "10 working days",
            "cases": [{"when": "far", "is": "20 working days"}],
            "starts": "received",
        },
        tests=written,
        **more,
    )
    return run_scenarios(made, world())


def only(*tests: dict[str, Any], **more: Any) -> tuple[Failure, ...]:
    """The failures of a single test."""
    (result,) = run(*tests, **more)
    assert result.ok == (not result.failures)
    return result.failures


def test_a_whole_walk_with_everything_made_up() -> None:
    expect = {
        "status": "returned",
        "class": "early",
        "fee": 500,
        "obligations": 70,
        "fees": {"fee": 500, "set": "unknown", "odd": "none"},
        "due": "2025-03-17 17:00",
        "first_due": "2025-03-17",
        "legal_due": "2025-03-17 17:00",
        "step_due": {"work": "2025-03-04 17:00"},
        "results": ["permit"],
        "numbers": {"permits": "01/GP-SNNMT"},
        "prints": ["receipt", "slip"],
        "documents": ["request", "will"],
        "hidden": ["extra"],
        "shown": ["note"],
        "required": ["opinion"],
        "fields": {"size": "1", "extra": "none"},
        "clock": "finished",
        "open": [],
    }
    assert (
        only({"walk": ["receive", {"do": "work", "expect": {"prints": ["slip"]}}, "sign", "return"], "expect": expect})
        == ()
    )


def test_without_a_walk_the_dossier_is_only_received() -> None:
    assert (
        only(
            {
                "expect": {
                    "open": ["work"],
                    "class": "none",
                    "status": "processing",
                    "consulted": [],
                    "prints": ["receipt"],
                }
            }
        )
        == ()
    )


@pytest.mark.parametrize(
    ("expect", "got"),
    [
        ({"due": "2025-03-18 17:00"}, "2025-03-17 17:00"),
        ({"due": "none"}, "2025-03-17 17:00"),
        ({"step_due": {"return": "2025-03-18 17:00"}}, "none"),
        ({"phase_due": {"x": "2025-03-18 17:00"}}, "none"),
        ({"fee": 1}, "500"),
        ({"fees": {"fee": 1}}, "500"),
        ({"open": ["sign"]}, "[work]"),
        ({"status": "returned"}, "processing"),
        ({"clock": "paused"}, "running"),
        ({"required": ["extra"]}, "[far, note, size, opinion]"),
        ({"fields": {"far": True}}, "false"),
        ({"documents": ["request"]}, "[request, proof]"),
        ({"consulted": ["x"]}, "[]"),
        ({"answers": {"x": "agree"}}, "none"),
        ({"prints": ["stop"]}, "[receipt]"),
        ({"numbers": {"permits": "1"}}, "none"),
        ({"results": ["permit"]}, "[]"),
        ({"allowed": {"officer@agency": ["work", "supplement", "sign"]}}, "[work, supplement, refuse]"),
    ],
)
def test_what_came_out_otherwise_is_told_with_its_place(expect: dict[str, Any], got: str) -> None:
    (failure,) = only({"walk": [{"do": "receive", "expect": expect}]})
    assert (failure.kind, failure.got) == ("expected", got)
    assert failure.path[:6] == ("tests", 0, "walk", 0, "expect", next(iter(expect)))


def test_what_somebody_may_do_is_an_exact_set_or_a_part() -> None:
    exact = {"officer@agency": ["work", "supplement", "refuse"], "clerk@dept": []}
    assert only({"expect": {"allowed": exact}}) == ()
    assert only({"expect": {"allowed": {"officer@agency": {"includes": ["work"]}}}}) == ()
    assert len(only({"expect": {"allowed": {"officer@agency": {"includes": ["sign"]}}}})) == 1


def test_an_act_that_is_refused_where_it_should_be_done_ends_the_walk() -> None:
    (failure,) = only({"walk": ["receive", {"do": "sign"}, "return"]})
    assert (failure.kind, failure.path, failure.got) == ("not_possible", ("tests", 0, "walk", 1, "do"), "wrong_status")
    assert failure.params["open"] == ["work"]
    (unknown,) = only({"walk": ["receive", "vanish"]})
    assert unknown.params["act"] == "vanish"


def test_a_refusal_that_was_expected_must_come_and_be_that_one() -> None:
    same = {"do": "sign", "by": "an", "refused": "same_person"}
    assert only({"walk": ["receive", {"do": "work", "by": "an"}, same]}) == ()
    (other,) = only({"walk": ["receive", {"do": "work", "by": "an"}, {**same, "refused": "too_late"}]})
    assert (other.expected, other.got) == ("too_late", "same_person")
    (none,) = only({"walk": [{"do": "receive", "refused": "unpaid"}]})
    assert (none.expected, none.got) == ("unpaid", "accepted")


def test_a_person_with_a_position_holds_exactly_that_position() -> None:
    assert only({"walk": ["receive", {"do": "work", "by": "head@land", "refused": "not_allowed"}]}) == ()
    assert only({"walk": ["receive", {"do": "work", "by": "officer@agency"}]}) == ()
    assert only({"walk": ["receive", {"do": "work", "by": "applicant", "refused": "not_allowed"}]}) == ()
    assert only({"walk": ["receive", {"do": "work", "by": "a@b@c", "refused": "not_allowed"}]}) == ()


def test_an_answer_that_decides_something_must_be_given() -> None:
    (failure,) = only({"given": {"received": "2025-03-03 09:00"}})
    assert (failure.kind, failure.path, failure.params["field"]) == ("must_give", ("tests", 0, "walk", 0), "far")


def test_money_counts_as_paid_unless_the_test_says_otherwise() -> None:
    given = {"received": "2025-03-03 09:00", "form": {"far": False}, "unpaid": ["fee", "duty"]}
    assert only({"given": given, "walk": [{"do": "receive", "refused": "unpaid"}]}) == ()
    assert (
        only(
            {
                "given": given,
                "walk": [{"do": "receive", "pay": ["fee"]}, "work", "sign", {"do": "return", "refused": "unpaid"}],
            }
        )
        == ()
    )


def test_papers_are_all_there_unless_the_test_names_them() -> None:
    given = {"received": "2025-03-03 09:00", "form": {"far": False}, "documents": ["request"]}
    assert only({"given": given, "walk": [{"do": "receive", "refused": "missing_documents"}]}) == ()


KINDS = (
    "text long_text integer decimal money percent area date datetime time year month quarter duration yes_no pledge "
    "phone email url person_id org_id passport bank_account address commune parcel coordinate party user users unit "
    "units dossier file"
)


def test_a_valid_value_is_made_up_for_every_type() -> None:
    fields: dict[str, Any] = {f"f_{kind}": {"type": kind, "required": True, "decimals": 2} for kind in KINDS.split()}
    options = {"old": {"label": "Cũ", "to": "2025-01-01"}, "new": {"label": "Mới"}}
    fields.update(
        far={"type": "yes_no"},
        one={"type": "choice", "required": True, "options": options},
        some={"type": "choices", "required": True, "options": options},
    )
    fields.update(
        masked={"mask": "AA-99?X", "required": True},
        few={"type": "integer", "required": True, "max": 0},
        soon={"type": "date", "required": True, "min": "f_date"},
    )
    fields.update(
        before={"type": "date", "required": True, "max": "f_date"},
        after={"type": "datetime", "required": True, "min": "f_datetime"},
        pdf={"type": "file", "required": True, "accept": ["pdf"]},
    )
    assert only({}, form={"fields": fields}) == ()


def test_made_up_values_keep_to_bounds_that_other_answers_set() -> None:
    fields: dict[str, Any] = {
        "opens": {"type": "date", "required": True, "min": "2025-06-02"},
        "closes": {"type": "date", "required": True, "min": "opens"},
        "ends": {"type": "datetime", "required": True, "min": "given_at"},
        "given_at": {"type": "datetime"},
        "older": {"type": "date", "required": True, "max": "given_at"},
        "rows": {
            "type": "table",
            "required": True,
            "columns": {"on": {"type": "date", "label": "d", "required": True}},
        },
    }
    given = {"received": "2025-03-03 09:00", "form": {"given_at": "2025-07-01T10:00"}}
    expect = {"fields": {"opens": "2025-06-02", "closes": "2025-06-02", "ends": "2025-07-01T10:00"}}
    assert only({"given": given, "expect": expect}, form={"fields": {"far": {"type": "yes_no"}} | fields}) == ()


def test_a_value_that_cannot_be_made_up_is_refused_as_it_is() -> None:
    form = {
        "fields": {
            "far": {"type": "yes_no"},
            "never": {"type": "choice", "required": True, "options": {"old": {"label": "Cũ", "to": "2020-01-01"}}},
        }
    }
    (failure,) = only({}, form=form)
    assert failure.got == "missing_fields"


def test_what_a_test_gives_must_be_readable() -> None:
    (failure,) = only({"given": {"received": "hôm qua"}})
    assert (failure.kind, failure.path) == ("invalid_given", ("tests", 0, "given", "received"))
    (when,) = only({"walk": [{"do": "receive", "at": "mai"}]})
    assert (when.kind, when.path) == ("invalid_given", ("tests", 0, "walk", 0, "at"))
    (channel,) = only({"given": {"received": "2025-03-03 09:00", "channel": "pigeon"}})
    assert (channel.kind, channel.got) == ("invalid_given", "invalid_value")
    (odd,) = only({"given": {"received": "2025-03-03 09:00", "form": {"far": False, "size": "lớn"}}})
    assert odd.got == "invalid_value"


def test_a_year_without_a_calendar_is_told() -> None:
    (failure,) = only({"given": {"received": "2026-12-31 09:00", "form": {"far": False}}})
    assert (failure.kind, failure.params["year"]) == ("no_calendar", 2027)
    (sweeping,) = only(
        {"walk": ["receive", {"do": "clock", "at": "2030-01-07 09:00"}, {"do": "work"}]},
        steps=(step("work", within="1 working day", on_late="next"), step("next", within="5 working days")),
    )
    assert sweeping.kind in ("no_calendar", "not_possible")


def test_tests_count_numbers_for_themselves() -> None:
    walk = ["receive", "work", "sign"]
    results = run(
        {"walk": walk, "expect": {"numbers": {"permits": "01/GP-SNNMT"}}},
        {"walk": walk, "expect": {"numbers": {"permits": "01/GP-SNNMT"}}},
    )
    assert [result.ok for result in results] == [True, True]
    assert [result.name for result in results] == ["test 0", "test 1"]


def test_internal_work_is_played_too() -> None:
    steps = (step("enter", "anyone"), step("confirm", "person.who"))
    made = procedure(
        *steps,
        kind="task",
        time_limit="none",
        intake_at=["desk"],
        **{"for": []},
        form={"fields": {"who": {"type": "user", "required": True}}},
        tests=[
            {
                "name": "x",
                "given": {"received": "2025-03-03 09:00"},
                "walk": ["enter", "confirm"],
                "expect": {"due": "none", "status": "result_ready", "class": "none"},
            }
        ],
    )
    (result,) = run_scenarios(made, world())
    assert result.failures == ()


def test_the_shipped_procedures_do_what_their_tests_say() -> None:
    files = {path.relative_to(CONFIG).as_posix(): path.read_bytes() for path in CONFIG.rglob("*.yaml")}
    checked = check_config(files)
    assert checked.organisation is not None
    settings = ClockSettings.from_mapping(settings_on(checked.calendar_edition, day("2026-01-01")))
    where = World(
        Calendar.from_edition(checked.calendar_edition),
        settings,
        checked.organisation,
        MemoryNumbers(checked.organisation),
    )
    results = {key: run_scenarios(one.procedure, where) for key, one in checked.procedures.items()}
    assert [
        (key, result.name, result.failures) for key, found in results.items() for result in found if not result.ok
    ] == []
    assert all(found for found in results.values())
