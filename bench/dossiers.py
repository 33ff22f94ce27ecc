"""Ten thousand dossiers: some are received and walked by the operations, the others are copies of all their rows.

A copy has its own numbers, code and moments; readers, work, answers and journal rows are as many and as long as those
of the real ones, so that lists, counts and rights cost what they cost in an office. (A copied journal is not signed.)
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Column, Table, insert, select
from sqlalchemy.orm import Session

from app.engine.moves import Action
from app.engine.world import Refusal
from app.operations.receive_dossier import Reception, receive_dossier
from app.operations.take_action import take_action
from app.storage.database import writing
from app.storage.outcomes import Done
from app.storage.people import Person
from app.storage.tables import Dossier
from bench.offices import employ

PROCEDURE = "security/mortgage-deletion"
VIEWER = "officer@land-registry"  # takes part in every dossier, and runs nothing
RECEPTIONS = ("reception@land-registry", "reception@province-one-stop")
POSITIONS = (VIEWER, *RECEPTIONS, "leader@land-registry")
REAL = 50
CHUNK = 2_000
ORDER = {"dossier": 0, "visit": 1}  # tables that others point at come first

Values = dict[str, Any]

REASONS = ("secured_party", "duty_ended", "replaced", "enforced", "other")
SUBJECTS = ("land", "property", "both")
NAMES = ("Nguyễn Văn An", "Trần Thị Bình", "Lê Hữu Đạt", "Phạm Thị Hằng", "Đỗ Minh Quân", "Vũ Thị Ánh", "Bùi Đức Long")
ROW = [{"party": {"name": "Ngân hàng Mẫu"}}]


def fill_office(count: int, begin: datetime) -> Person:
    """Make ``count`` dossiers (a multiple of 50) of one procedure, received from ``begin`` on; who looks at them."""
    people = employ(POSITIONS, begin)
    for number in range(REAL):
        _walk(number, begin + timedelta(days=number // 12, minutes=5 * (number % 12)), people)
    with writing() as session:
        _multiply(session, count // REAL)
    return people[VIEWER]


def _walk(number: int, at: datetime, people: Mapping[str, Person]) -> None:
    """One dossier. The first four wait at one step each; all others (92 of 100) are done and returned."""
    reception = RECEPTIONS[number % 2]
    officer, leader = people[VIEWER], people["leader@land-registry"]
    done = _sure(receive_dossier(_reception(number, reception), people[reception], at))
    answers = {"decision": "refuse" if number % 9 == 0 else "register", "registered_at": f"{at:%Y-%m-%dT%H:%M}"}
    acts = (
        (Action("step", step="register_in"), officer),
        (Action("step", step="decide", fill=answers), officer),
        (Action("step", step="certify"), leader),
        (Action("step", step="return", arguments={"receiver": {"name": NAMES[0]}}), people[reception]),
    )
    for minutes, (action, who) in enumerate(acts[:number], start=1):
        done = _sure(take_action(done.dossier_id, None, action, who, at + timedelta(minutes=10 * minutes)))


def _reception(number: int, position: str) -> Reception:
    identity = f"0310880{number:05}"
    return Reception(
        PROCEDURE,
        {"kind": "citizen", "name": NAMES[number % len(NAMES)], "identity": identity, "phone": "0912345678"},
        {
            "requester_role": "securing",
            "identity_paper": "citizen_card",
            "result_delivery": "counter",
            "deletion_reason": REASONS[number % len(REASONS)],
            "subject": SUBJECTS[number % len(SUBJECTS)],
            "earlier_registration": f"{number:06}, 08 giờ ngày 02/01/2025",
            "signed_by_secured": True,
            "several_measures": False,
            "fee_exempt": False,
            "securing_parties": ROW,
            "secured_parties": ROW,
            "contract_date": "2025-01-02",
            "parcels": [{"parcel": {"sheet": "1", "number": str(number + 1)}, "serial": f"AA {number:06}"}],
        },
        documents={"request": True, "certificate": True},
        pay={"registration": True, "charge": True},
        unit=position.partition("@")[2],
    )


def _sure(done: Done | Refusal) -> Done:
    if isinstance(done, Refusal):
        raise RuntimeError(f"refused: {done}")
    return done


# ---- copies


def _multiply(session: Session, times: int) -> None:
    """Copy every row that belongs to a dossier until there are ``times`` as many."""
    tables = Dossier.metadata.tables.values()
    chosen = [table for table in tables if table.name == "dossier" or any(_owner(column) for column in table.columns)]
    rows = {table.name: [dict(row) for row in session.execute(select(table)).mappings()] for table in chosen}
    last = {name: max((row["id"] for row in found if "id" in row), default=0) for name, found in rows.items()}
    for table in sorted(chosen, key=lambda table: ORDER.get(table.name, len(ORDER))):
        moved = {column.name: last[of] for column in table.columns if (of := _numbered_by(column))}
        _insert(session, table, _copies(table.name, rows[table.name], moved, times))


def _owner(column: Column[Any]) -> str:
    """The table whose rows a column points at, if they are copied too."""
    return next((key.column.table.name for key in column.foreign_keys if key.column.table.name in ORDER), "")


def _numbered_by(column: Column[Any]) -> str:
    is_own_number = column.primary_key and column.name == "id"
    return str(column.table.name) if is_own_number else _owner(column)


def _copies(table: str, rows: list[Values], moved: Mapping[str, int], times: int) -> Iterator[Values]:
    for copy in range(1, times):
        for row in rows:
            numbers = {name: row[name] + copy * span for name, span in moved.items() if row[name] is not None}
            yield _own(table, {**row, **numbers}, copy)


def _own(table: str, row: Values, copy: int) -> Values:
    """What no two dossiers share, and other moments: what is closed lies in the past of what is open."""
    if table == "dossier":
        way = -1 if row["returned_at"] else 1
        row["code"] = row["code"] and f"{row['code']}-{copy}"
        for name in ("received_at", "accepted_at", "due_at", "finished_at", "returned_at"):
            row[name] = row[name] and row[name] + timedelta(minutes=7 * copy * way)
    elif table == "outbox":
        row["key"] = f"{row['key']}-{copy}"
    return row


def _insert(session: Session, table: Table, rows: Iterator[Values]) -> None:
    while chunk := list(islice(rows, CHUNK)):
        session.execute(insert(table), chunk)
