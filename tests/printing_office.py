"""The small office with prints of its own: minutes, a numbered letter, one added, one instead of the law's."""

import shutil
from pathlib import Path

from app.operations.publish import Published, publish_config
from app.storage.people import Person, system_person
from tests.factories import MONDAY, OFFICE, make_people

PRINTS = """\
schema: 1
prints:
  minutes:
    title: Biên bản thẩm định
    body: |
      Hôm nay, {today}, đại diện {agency.title} đã thẩm định hồ sơ {dossier.code} của {applicant.name},
      số định danh của chủ đất {form.owner_id}, tại bước {step.title}.
      Ý kiến: {form.opinion}
      {#each plots}
      {n}. Thửa {sheet}{#when size > 100}, thửa lớn{/when}: {size}
      {/each}
      {#when count(plots) == 0}
      Không có thửa nào.
      {/when}
      - Nội bộ: {form.secret}
  decision:
    title: Quyết định cấp phép
    number: decisions
    signed_by: leader@agency
    copies: 2
    body: "Cấp phép cho {applicant.name}, {applicant.phone}. Phí: {fees}."
  note:
    title: Giấy báo
    paper: A5
    body: "Báo cho {applicant.name}."
  old-note:
    title: Giấy báo cũ
    effective: {to: 2025-12-31}
    body: "Mẫu cũ."
  own-refusal:
    title: Văn bản trả hồ sơ
    body: "Trả hồ sơ vì: {decision.reason}"
  apology:
    title: Thư xin lỗi của Sở
    paper: A5
"""
REGISTERS = '  decisions: {title: Sổ quyết định, number: "{n:02}/QĐ-{agency.sign}", restarts: year}\n'
FIELDS = """\
    plots: {label: Thửa, type: table, columns: {sheet: {label: Tờ}, size: {label: Diện tích, type: area}}}
    secret: {label: Nội bộ, shown_to: [head@land]}
"""
STEPS = (
    ("fills: [opinion], allow", "fills: [opinion, secret], print: [minutes, old-note], allow"),
    ("issues: [permit]}", "issues: [permit], print: [decision]}"),
)


def write_printing_office(folder: Path) -> Path:
    """The config folder."""
    shutil.copytree(OFFICE, folder)
    (folder / "shared/prints.yaml").write_text(PRINTS, encoding="utf-8")
    registers = folder / "shared/registers.yaml"
    registers.write_text(registers.read_text(encoding="utf-8") + REGISTERS, encoding="utf-8")
    permit = folder / "procedures/land/permit.yaml"
    text = permit.read_text(encoding="utf-8").replace("documents:\n", f"{FIELDS}documents:\n", 1)
    for old, new in STEPS:
        assert old in text
        text = text.replace(old, new)
    chosen = "prints: {add: [note, old-note], replace: {refusal: own-refusal}}\n"
    permit.write_text(text + chosen, encoding="utf-8")
    return folder


def open_printing_office(folder: Path) -> dict[str, Person]:
    """Published, with its people."""
    published = publish_config(write_printing_office(folder), (), system_person(), MONDAY)
    assert isinstance(published, Published), published
    return make_people()
