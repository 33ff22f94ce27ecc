"""Organisation, calendar and registers (O)."""

# ruff: noqa: E501 - one mistake a line reads better than one argument a line

import pytest

from tests.definition.rules.good_folder import CALENDAR, ORGANISATION, REGISTERS, check, places, with_change

BAD = [
    ("O01", ORGANISATION, "{title: Phòng mẫu, parent: office", "{title: Phòng mẫu, parent: ▶ofice"),
    ("O01", ORGANISATION, "{title: Sở mẫu, level: province", "{title: Sở mẫu, parent: ▶division, level: province"),
    ("O03", ORGANISATION, "to: 2025-12-31, successor: division", "to: ▶2025-12-31"),
    ("O05", CALENDAR, "{date: 2026-01-10, for", "{date: ▶2026-01-02, for"),
    ("O06", CALENDAR, "{date: 2026-01-10, for", "{date: ▶2026-01-12, for"),
    ("O07", REGISTERS, "{n:02}/GP-{kind.sign}", "{n:02}/▶{kind.signs}"),
    ("O07", REGISTERS, '"{n:02}/GP-{kind.sign}"', '▶"GP-{kind.sign}"'),
    ("O07", REGISTERS, '"{n:02}/GP-{kind.sign}"', '▶"{n:02}/GP}"'),
    ("O08", REGISTERS, "  permits:", "  ▶spare: {title: Sổ thừa, number: \"{n}\"}\n  permits:"),
    ("O10", CALENDAR, '["07:30-11:30", "13:00-17:00"]', '▶["13:00-17:00", "07:30-11:30"]'),
    ("O10", CALENDAR, '["07:30-11:30", "13:00-17:00"]', '▶["11:30-07:30", "13:00-17:00"]'),
    ("O10", CALENDAR, '["07:30-11:30", "13:00-17:00"]', '▶["07:30-11:30", "11:00-17:00"]'),
    ("O10", CALENDAR, '["07:30-11:30", "13:00-17:00"]', '▶["7h30-11h30"]'),
    ("O11", ORGANISATION, "population-db: {title: Dân cư, gives: [identity_paper]}", "▶population-db: {title: Dân cư}"),
    ("O12", REGISTERS, '"{unit.code}-{yymmdd}-{n:04}"', '▶"HS-Đ-{yymmdd}-{n:04}"'),
    ("O12", REGISTERS, '"{unit.code}-{yymmdd}-{n:04}"', '▶"{unit.code}-{yymmdd}-{n:04}-000000000000000000000000000000000"'),
    ("O12", REGISTERS, '"{unit.code}-{yymmdd}-{n:04}"', '▶"{unit.code} {yymmdd} {n:04}"'),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "file", "old", "new"), BAD)
def test_a_mistake_in_the_organisation_is_found_where_it_stands(rule: str, file: str, old: str, new: str) -> None:
    files, place = with_change(file, old, new)
    assert (file, *place) in places(check(files).problems, rule)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (CALENDAR, '["07:30-11:30", "13:00-17:00"]', '["07:00-12:00", "12:00-16:00"]'),
        (CALENDAR, '["07:30-11:30", "13:00-17:00"]', '["08:00-16:30"]'),
        (REGISTERS, "{n:02}/GP-{kind.sign}", "{n}/{year}-{agency.sign}-{unit.sign}"),
        (REGISTERS, "{unit.code}-{yymmdd}-{n:04}", "{unit.code}.{yymmdd}.{n:06}"),
    ],
)
def test_what_is_in_order_is_left_alone(file: str, old: str, new: str) -> None:
    files, _ = with_change(file, old, f"▶{new}")
    files[file] = files[file].replace("▶", "")
    assert [problem.rule for problem in check(files).problems] == []


def test_a_unit_code_with_marks_makes_a_bad_dossier_code() -> None:
    files, _ = with_change(ORGANISATION, "type: one-stop, code: H01.1", "type: one-stop, code: ▶QUẦY")
    assert [problem.rule for problem in check(files).problems] == ["O12"]


def test_a_format_of_a_register_in_waiting_may_name_a_column_of_any_list() -> None:
    files, _ = with_change(
        REGISTERS, "  permits:", '  spare: {title: Sổ thừa, number: "{n}-▶{colour.sign}"}\n  permits:'
    )
    assert [problem.rule for problem in check(files).problems] == ["O08"]
