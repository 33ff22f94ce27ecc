"""Expectations are read by their kinds: a wrong one is told at its place, before any test runs."""

import pytest

from tests.definition.configs import SMALL, changed, checked, told

ROUTE = "  - {name: Mẫu, given: {received: 2026-03-02 09:00}}\n"


def expecting(text: str) -> str:
    return changed(ROUTE, ROUTE.replace("09:00}}", f"09:00}}, expect: {{{text}}}}}"), SMALL)


@pytest.mark.parametrize(
    "text",
    [
        "due: 2026-03-05 17:00",
        "due: 2026-03-05",
        "due: none",
        "step_due: {work: 2026-03-03 17:00}",
        "fee: 0",
        "fees: {duty: unknown}",
        "allowed: {officer@agency: [work]}",
        "allowed: {officer@agency: {includes: [work]}}",
        "numbers: {dossier-code: H24.17-260302-0001}",
        "consulted: [officer@tax-office]",
    ],
)
def test_what_is_spelled_right_is_taken(text: str) -> None:
    assert told(checked(expecting(text)).problems) == []


@pytest.mark.parametrize(
    "text",
    [
        "due: [2026-03-05]",
        "due: tomorrow",
        "due: 2026-02-30",
        "step_due: 2026-03-03 17:00",
        "phase_due: [a]",
        "fee: nhiều",
        "fees: 100",
        "open: work",
        "status: done",
        "clock: ticking",
        "class: overdue",
        "allowed: [work]",
        "allowed: {officer@agency: {including: [work]}}",
        "answers: agree",
        "fields: 3",
    ],
)
def test_what_is_spelled_wrong_is_told_where_it_stands(text: str) -> None:
    found = told(checked(expecting(text)).problems)
    assert found
    assert {line for line, _, _ in found} == {SMALL.splitlines().index(ROUTE.rstrip("\n")) + 1}
