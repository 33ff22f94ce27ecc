"""A small config folder on disk and the commands run in it, without a database."""

from pathlib import Path

from click.testing import Result
from flask import Flask

from app.cli.procedures import procedures
from tests.definition.configs import EXAMPLES

SHARED = ("organisation.yaml", "calendar/2026.yaml", "shared/documents/land.yaml")
BRANCHING = """\
schema: 1
key: land/branching
title: Thủ tục rẽ nhánh
field: land
agency: land-registry
for: [citizen, enterprise]
channels: [counter, online]
effective: {from: 2026-01-01}
legal_basis: [Nghị định mẫu]
results: [{key: paper, title: Giấy}, {key: letter, title: Văn bản từ chối, refusal: true}]
conduct: {refuse: {result: letter}}
time_limit:
  default: 5 working days
  cases: [{when: resurvey, is: 10 working days}]
form:
  fields:
    resurvey: {label: Đo đạc lại, type: yes_no, required: true}
route:
  - {step: receive, title: Tiếp nhận, by: reception, within: 4 hours}
  - {step: work, title: Giải quyết, by: officer@agency, within: 1 working day, allow: [supplement, refuse],
     next: [{when: resurvey, to: measure}, {to: sign}]}
  - {step: measure, title: Đo đạc, by: officer@agency, within: 1 working day}
  - {step: sign, title: Ký, by: leader@agency, not_by: [work], within: 1 working day, issues: [paper],
     next: [{choose: redo, title: Làm lại, to: work, comment: required}, {to: return}]}
  - {step: return, title: Trả kết quả, by: reception}
tests:
  - name: Đi thẳng
    given: {received: 2026-03-02 09:00, form: {resurvey: false}}
    walk: [receive, work, sign, return]
    expect: {due: 2026-03-09 17:00, status: returned}
"""


def put(folder: Path, name: str, text: str) -> Path:
    """A file of the folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def make_folder(root: Path, **procedures_: str) -> Path:
    """``root/config`` with the example organisation and the procedures of land, by the last part of their key."""
    folder = root / "config"
    for name in SHARED:
        put(folder, name, (EXAMPLES / name).read_text(encoding="utf-8"))
    for name, text in procedures_.items():
        put(folder, f"procedures/land/{name}.yaml", text)
    return folder


def run(folder: Path, *arguments: str, answers: str = "") -> Result:
    """`flask procedures …` with this folder as the shipped one."""
    app = Flask("bare")
    app.config.update(CONFIG_FOLDER=str(folder), DATA_FOLDER=str(folder.parent / "data"))
    return app.test_cli_runner().invoke(procedures, arguments, input=answers)
