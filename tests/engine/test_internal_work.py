"""Internal work: documents, tasks and records have no applicant and no slip, their code is the number of a register."""

from typing import Any

from app.engine.rights import is_secret, may_read, readers
from tests.engine.office import ORGANISATION, Play, procedure, step
from tests.engine.written import publishable, walked

SECRECY = {
    "fields": {
        "secrecy": {"type": "choice", "options": {"open": {"label": "Thường"}, "secret": {"label": "Mật"}}},
        "subject": {},
    }
}


def incoming(secrecy: str, **access: Any) -> Play:
    made = procedure(
        step("register", "clerk@dept", number={"register": {"default": "letters", "cases": []}}),
        step("solve", "officer@land"),
        kind="document",
        form=SECRECY,
        access={"secrecy": "secrecy", "view": ["clerk@dept", "leader@dept"], **access},
        time_limit="none",
    )
    play = Play(made)
    assert play.do("register", "clerk@dept", fill={"secrecy": secrecy}) is None
    return play


def seen_by(play: Play, *positions: str) -> bool:
    return may_read(frozenset(positions), readers(play.procedure, play.state, ORGANISATION))


def test_a_secret_document_is_seen_only_by_those_named_and_whoever_has_the_work() -> None:
    play = incoming("secret")
    assert is_secret(play.procedure, play.state)
    assert seen_by(play, "clerk@dept")
    assert seen_by(play, "leader@dept")
    assert seen_by(play, "officer@land")
    assert not seen_by(play, "head@land")
    assert not seen_by(play, "leader@council")
    play.do("solve")
    assert not seen_by(play, "officer@land", "user:officer-land")


def test_an_open_document_is_seen_by_those_named_beside_the_others() -> None:
    play = incoming("open", view=["head@water"])
    assert not is_secret(play.procedure, play.state)
    assert all(seen_by(play, position) for position in ("head@water", "head@land", "clerk@dept", "officer@land"))


WRITTEN = """\
schema: 1
key: land/small
kind: task
title: Nhiệm vụ được giao
field: land
agency: land-registry
effective: {from: 2026-01-01}
time_limit: {default: none, cases: [{when: deadline is not missing, is: until deadline}]}
form: {fields: {content: {label: Nội dung, required: true}, deadline: {label: Hạn, type: date}}}
route:
  - {step: enter, title: Nhập, by: officer@agency, within: 1 working day, number: {register: tasks}}
  - {step: work, title: Làm, by: officer@agency, within: until deadline, next: [{to: [write, check]}]}
  - {step: write, title: Viết, by: officer@agency, next: end_it}
  - {step: check, title: Đối chiếu, by: officer@agency, next: end_it}
  - {step: end_it, title: Xác nhận, by: head@agency, joins: [write, check]}
tests:
  - name: Làm xong trước hạn
    given: {received: 2026-03-02 09:00, form: {deadline: 2026-03-20}}
    walk:
      - {do: enter, expect: {status: processing, due: 2026-03-20 17:00, numbers: {tasks: NV-01}, prints: []}}
      - work
      - write
      - check
      - end_it
    expect: {class: early, open: []}
"""
REGISTERS = """\
schema: 1
registers:
  dossier-code: {title: Mã, number: "{unit.code}-{yymmdd}-{n:04}", restarts: day, scope: unit}
  tasks: {title: Nhiệm vụ, number: "NV-{n:02}", restarts: year, columns: [content, deadline]}
  secret-tasks: {title: Nhiệm vụ mật, number: "NVM-{n:02}", restarts: year, secret: true}
"""
BOOKS = {"shared__registers": REGISTERS}


def test_a_task_runs_without_intake_and_return() -> None:
    walked(WRITTEN, **BOOKS)
    _, one = publishable(WRITTEN, **BOOKS)
    assert [item["does"] for item in one.expanded["route"]["default"]] == ["work"] * 5
    assert one.expanded["keep"]["time"] == "10 years"
