"""The expanded document as the value that every layer works with; what cannot be read leaves a placeholder."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from app.definition.check import check_config
from app.definition.compile import compile_organisation, compile_procedure, compile_with_findings
from app.definition.compile_who import compile_who, parse_party
from app.definition.expression import MISSING
from app.definition.model.choice import Choice
from app.definition.model.documents import Document, Group
from app.definition.model.money import AmountTable, ComputedAmount, FixedAmount, Tiers, ToBeSet
from app.definition.model.procedure import Procedure
from app.definition.model.who import Place
from tests.definition.configs import changed, checked, example_files

CHECKED = check_config(example_files())
LAND = CHECKED.procedures["land/change-registration"].procedure
SEA = CHECKED.procedures["sea/area-allocation"].procedure


def small(old: str, new: str) -> Procedure:
    return checked(changed(old, new)).procedures["land/small"].procedure


def test_steps_carry_everything_the_engine_needs() -> None:
    route = LAND.route.pick({})
    assert route is not None
    pay = route.by_key["pay_duty"]
    assert (pay.status, pay.on_late, pay.wait and pay.wait.on, pay.wait and pay.wait.of) == (
        "financial_duty",
        "remind",
        "payment",
        ("duty",),
    )
    assert pay.wait is not None
    assert pay.wait.by_hand == compile_who("reception")
    assert pay.pauses is not None
    assert pay.pauses.reason == "Chờ người sử dụng đất nộp tiền"
    approve = route.by_key["approve"]
    assert [(way.targets[0].step, way.when and way.when.text) for way in approve.ways] == [
        ("send_tax", "has_duty"),
        ("draft", None),
    ]
    assert approve.not_by == ("appraise",)
    appraise = route.by_key["appraise"].within
    assert appraise is not None
    assert appraise.default is not None
    assert appraise.default.segments[0].amount == Fraction(3, 2)


def test_a_consultation_asks_its_parties() -> None:
    route = SEA.route.pick({})
    assert route is not None
    consult = route.by_key["opinions"].consult
    assert consult is not None
    assert [ask.by.text for ask in consult.ask] == [
        "officer@ministry-defence",
        "officer@ministry-police",
        "officer@fishery-agency",
    ]
    assert consult.ask[2].when is not None
    assert consult.ask[2].when.holds({"purpose": "aquaculture"})
    assert consult.silence == "no_opinion"
    assert set(consult.opinions) == {"agree", "agree_with_changes", "disagree", "no_opinion"}


def test_conduct_is_typed_with_the_defaults_of_the_law() -> None:
    supplement = LAND.conduct["supplement"]
    assert supplement["max"] == Choice(1)
    assert supplement["by"] == compile_who("reception")
    within = supplement["within"]
    assert getattr(within, "default").to_text() == "3 working days"  # noqa: B009 - a mapping of objects
    route = SEA.route.pick({})
    assert route is not None
    assert set(route.by_key["appraise"].allow) == {"refuse", "supplement"}
    assert route.by_key["appraise"].allow["supplement"]["on_late"] == Choice("refuse")


def test_conduct_without_a_limit_has_none() -> None:
    procedure = small("time_limit:", "conduct: {supplement: {max: none, within: none}}\ntime_limit:")
    assert procedure.conduct["supplement"]["max"] == Choice(None)


def test_conduct_may_depend_on_the_case_and_differ_from_request_to_request() -> None:
    rules = (
        "conduct: {supplement: {max: {default: 1, cases: [{when: resurvey, is: 2}]}, "
        "rounds: [{within: 7 working days}, {within: 5 working days, fresh: 3 working days}]}}\ntime_limit:"
    )
    supplement = small("time_limit:", rules).conduct["supplement"]
    most, rounds = supplement["max"], supplement["rounds"]
    assert isinstance(most, Choice)
    assert (most.pick({"resurvey": True}), most.pick({"resurvey": False})) == (2, 1)
    assert isinstance(rounds, tuple)
    assert [one["within"].pick({}).to_text() for one in rounds] == ["7 working days", "5 working days"]


def test_what_a_step_says_of_people_money_and_many_at_once_is_compiled() -> None:
    step = (
        "issues: [paper], escalate: head@agency, not_from: field.place, deny: [recall, stop], pay: [fee], bulk: false"
    )
    route = small("issues: [paper]", step).route.pick({})
    assert route is not None
    made = route.by_key["work"]
    assert (made.escalate, made.not_from) == (compile_who("head@agency"), Place("field", "place"))
    assert (made.deny, made.pay, made.bulk) == (("recall", "stop"), ("fee",), False)
    plain = small("issues: [paper]", "issues: [paper]").route.pick({})
    assert plain is not None
    assert [one.bulk for one in plain.steps] == [False, True, False]


def test_every_shape_of_an_amount_is_compiled() -> None:
    kinds = {fee.key: type(fee.amount.default) for fee in LAND.fees}
    assert kinds == {"appraisal": AmountTable, "extra": ComputedAmount, "duty": ComputedAmount}
    environment = CHECKED.procedures["environment/environmental-permit"].procedure
    assert isinstance(environment.fees[0].amount.default, ToBeSet)
    minerals = CHECKED.procedures["minerals/exploration-permit"].procedure.fees[0].amount.default
    assert isinstance(minerals, Tiers)
    assert [(band.below, band.up_to, band.amount) for band in minerals.bands] == [
        (100, None, 4000000),
        (None, 50000, 10000000),
        (None, None, 15000000),
    ]
    charge = CHECKED.procedures["land/certificate-exchange"].procedure.fees[1].amount
    assert charge.values() == (FixedAmount(60000), FixedAmount(12000))
    assert charge.pick({"applicant.kind": "household"}) == FixedAmount(12000)


def test_groups_of_papers_nest() -> None:
    group = next(one for one in SEA.documents if isinstance(one, Group) and one.key == "project_papers")
    inner = group.items[2]
    assert isinstance(inner, Group)
    assert inner.of == "one"
    assert [one.key for one in inner.items if isinstance(one, Document)] == ["eia", "env_permit", "env_registration"]


def test_the_limit_depends_on_the_case() -> None:
    limit = LAND.time_limit
    assert limit.promised.pick({"variant": "infrastructure_lease"}).to_text() == "4 working days"  # type: ignore[union-attr]
    assert limit.promised.pick({}).to_text() == "8 working days"  # type: ignore[union-attr]
    assert [(one.when.text, one.time.to_text()) for one in limit.add] == [("remote_area", "10 working days")]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("type: text, default: Việt Nam", "Việt Nam"),
        ("type: integer, default: 1", 1),
        ("type: yes_no, default: false", False),
        ("type: choice, options: {a: A, b: B}, default: b", "b"),
        ("type: choices, options: {a: A, b: B}, default: [a, b]", ("a", "b")),
        ("type: date, default: today", date(2026, 3, 2)),
        ("type: percent, default: 7.5", Decimal("7.5")),
        ("type: text, default: applicant.name", "Nguyễn Văn A"),
    ],
)
def test_a_default_is_a_value_or_an_expression(written: str, expected: object) -> None:
    field = small("type: yes_no", written).form.fields["resurvey"]
    assert field.default is not None
    assert field.default.evaluate({"today": date(2026, 3, 2), "applicant.name": "Nguyễn Văn A"}) == expected


def test_bounds_are_expressions_of_the_type_of_the_field() -> None:
    field = small("measure: ha", "min: 0.01, max: 2 * 50").form.fields["area"]
    assert field.minimum is not None
    assert field.maximum is not None
    assert (field.minimum.evaluate({}), field.maximum.evaluate({})) == (Decimal("0.01"), 100)


def test_what_cannot_be_read_is_told_and_unknown_for_ever() -> None:
    outcome = checked(changed("within: 1 working day", "when: area >"))
    procedure = outcome.procedures["land/small"].procedure
    route = procedure.route.pick({})
    assert route is not None
    when = route.by_key["work"].when
    assert when is not None
    assert when.evaluate({"area": 5}) is MISSING
    assert not when.reads


def test_findings_name_the_key_path() -> None:
    document = checked(changed("within: 1 working day", "when: resurvei")).procedures["land/small"].expanded
    assert CHECKED.organisation is not None
    _, findings = compile_with_findings(document, CHECKED.organisation)
    assert [(one.path, one.rule, one.offset) for one in findings] == [(("route", "default", 1, "when"), "X02", 0)]


def test_a_stored_document_compiles_to_the_same_procedure() -> None:
    assert CHECKED.organisation is not None
    stored = CHECKED.procedures["sea/area-allocation"].expanded
    again = compile_procedure(stored, CHECKED.organisation, number=3)
    assert (again.number, again.digest, again.title) == (3, SEA.digest, SEA.title)
    assert again.form.fields == SEA.form.fields


def test_the_organisation_compiles_from_its_document() -> None:
    organisation = compile_organisation(CHECKED.organisation_document)
    assert organisation == CHECKED.organisation
    assert list(organisation.ancestry("survey")) == ["survey", "land-registry", "nnmt"]
    assert organisation.registers["outgoing"].series == "document_type"


@pytest.mark.parametrize(
    ("text", "role", "place"),
    [
        ("officer@land-registry", "officer", Place("unit", "land-registry")),
        ("reception", "reception", Place("reception")),
        ("officer", "officer", None),
        ("head@same", "head", Place("same")),
        ("head@field.partners.unit", "head", Place("field", "partners.unit")),
        ("officer@type.one-stop", "officer", Place("type", "one-stop")),
    ],
)
def test_a_party_is_a_role_at_a_place(text: str, role: str, place: Place | None) -> None:
    party = parse_party(text)
    assert party is not None
    assert (party.kind, party.role, party.place, party.text) == ("role", role, place, text)


@pytest.mark.parametrize(
    "text", ["", "Officer", "officer@", "@agency", "officer@a@b", "person.", "head@place.x", "a b"]
)
def test_what_is_no_party_is_none(text: str) -> None:
    assert parse_party(text) is None


def test_parties_may_be_one_any_or_all() -> None:
    assert [party.text for party in compile_who(["a@x", "b"]).parties] == ["a@x", "b"]
    every = compile_who({"all": ["a@x", "b@y"]})
    assert (every.each, len(every.parties)) == (True, 2)
    assert parse_party("person.members") == compile_who("person.members").parties[0]
