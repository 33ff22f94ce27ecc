"""A config folder in which every rule finds something to look at and nothing to say; bad files are made by changing it."""

# ruff: noqa: E501 - one mistake a line reads better than one argument a line

from app.definition.check import Checked, check_config
from app.definition.problem import Problem

PROCEDURE = "procedures/land/permit.yaml"
ORGANISATION = "organisation.yaml"
CALENDAR = "calendar/2026.yaml"
REGISTERS = "shared/registers.yaml"
PRINTS = "shared/prints.yaml"
LIST = "shared/lists/kinds.yaml"
FORM = "shared/forms/sheet.yaml"
OTHER = "procedures/land/other.yaml"
HERE = "▶"  # stands where the problem is expected

GOOD: dict[str, str] = {
    ORGANISATION: """\
schema: 1
agency: {key: office, title: Sở mẫu, code: H01, sign: SM}
levels: {province: Cấp tỉnh}
fields: {land: {title: Đất đai}}
roles:
  reception: {title: Tiếp nhận}
  officer: {title: Chuyên viên}
  head: {title: Trưởng phòng, titles: {province: Trưởng phòng Sở}}
  leader: {title: Lãnh đạo}
  clerk: {title: Văn thư}
unit_types: {one-stop: Một cửa}
units:
  office: {title: Sở mẫu, level: province, code: H01, roles: [leader, clerk]}
  division: {title: Phòng mẫu, parent: office, roles: [head, officer]}
  old-division: {title: Phòng cũ, parent: office, to: 2025-12-31, successor: division}
  counter: {title: Quầy, type: one-stop, code: H01.1, roles: [reception]}
  ppc: {title: Ủy ban, roles: [leader, clerk]}
  tax: {title: Thuế, outside: true, roles: [officer]}
  police: {title: Công an, outside: true, roles: [officer]}
sources:
  population-db: {title: Dân cư, gives: [identity_paper]}
""",
    CALENDAR: """\
schema: 1
year: 2026
office_hours:
  - {days: [mon, tue, wed, thu, fri], open: ["07:30-11:30", "13:00-17:00"]}
days_off:
  - {from: 2026-01-01, title: Tết}
  - {from: 2026-01-02, title: Hoán đổi}
makeup_days:
  - {date: 2026-01-10, for: 2026-01-02}
""",
    REGISTERS: """\
schema: 1
registers:
  dossier-code: {title: Mã hồ sơ, number: "{unit.code}-{yymmdd}-{n:04}", restarts: day, scope: unit}
  permits: {title: Sổ giấy phép, number: "{n:02}/GP-{kind.sign}", restarts: year}
""",
    PRINTS: """\
schema: 1
prints:
  minutes:
    title: Biên bản
    body: "Hồ sơ {dossier.code}: {form.opinion} {#each people}{name} {/each}"
""",
    LIST: """\
schema: 1
key: kinds
title: Loại
columns: {sign: Ký hiệu}
options:
  a: {label: Loại A, sign: LA, code: "01"}
  b: {label: Loại B, sign: LB, code: "02"}
""",
    FORM: """\
schema: 1
key: sheet
title: Đơn mẫu
fields:
  area: {label: Diện tích, type: decimal, measure: ha, min: 0.01, max: 1000, required: true}
  remote: {label: Vùng khó khăn, type: yes_no, required: true}
""",
    PROCEDURE: """\
schema: 1
key: land/permit
title: Cấp giấy phép mẫu
code: "1.000001"
field: land
levels: [province]
agency: division
authority: {default: ppc, cases: [{when: variant == "small", is: office}]}
partners: [tax]
for: [citizen, organisation]
channels: [counter, online]
effective: {from: 2026-01-01, to: 2027-12-31}
announced: {number: QĐ 01, date: 2025-12-01}
legal_basis: [{title: Nghị định mẫu, from: 2025-01-01, to: 2030-01-01}]
variants:
  - {key: large, title: Quy mô lớn}
  - {key: small, title: Quy mô nhỏ}
results:
  - {key: permit, title: Giấy phép, register: permits, when: conclusion == "grant"}
  - {key: refusal, title: Văn bản từ chối, refusal: true, when: conclusion == "refuse"}
time_limit:
  default: 20 working days
  cases: [{when: variant == "small", is: 16 working days}]
  legal: 25 working days
  add: [{when: remote, time: 5 working days}]
  starts: step.appraise
phases:
  - {key: first, title: Thẩm định, within: 12 working days}
  - {key: second, title: Quyết định, within: 4 working days}
form:
  use: sheet
  fields:
    kind: {label: Loại, type: choice, required: true, options: list.kinds, list: true}
    way: {label: Cách nhận, type: choice, required: true, options: {post: Bưu chính, hand: Trực tiếp}, default: post}
    copies: {label: Số bản, type: integer, min: 1, max: 10, default: 1}
    serial: {label: Số seri, mask: "AA 9999?", min_length: 2, max_length: 7}
    other: {label: Nội dung khác, type: long_text, show_when: kind == "b", required_when: kind == "b"}
    identity: {label: Số định danh, type: person_id}
    people:
      label: Danh sách
      type: table
      min_rows: 1
      max_rows: 9
      columns:
        name: {label: Họ tên, required: true}
        days: {label: Số ngày, type: integer, min: 0}
        half: {label: Nửa, type: decimal, value: days / 2}
        quarter: {label: Một phần tư, type: decimal, value: half / 2}
      totals: [days]
      must_equal: {days: copies}
    total: {label: Tổng, type: integer, value: sum(people.days)}
    twice: {label: Gấp đôi, type: integer, value: total * 2}
    opinion: {label: Ý kiến, type: long_text, required: true}
    duty: {label: Có nghĩa vụ, type: yes_no, required: true, filter: true}
    conclusion: {label: Kết luận, type: choice, required: true, options: {grant: Cấp, refuse: Không cấp}, list: true}
    deadline: {label: Hạn, type: date, required: true}
    members: {label: Tổ kiểm tra, type: users, required: true}
    checked: {label: Kết quả kiểm tra, type: choice, options: {good: Đạt, bad: Không đạt}, filter: true}
    answer: {label: Ý kiến trả lời, type: long_text}
  checks:
    - {that: area < 900, say: Diện tích quá lớn, at: receive}
documents:
  - {key: request, title: Đơn đề nghị, form: sheet, originals: 1}
  - {key: drawing, title: Bản vẽ, copies: 2, when: kind == "a"}
  - group: proof
    title: Một trong các giấy tờ
    of: one
    items:
      - {key: deed, title: Hợp đồng, originals: 1}
      - {key: will, title: Di chúc, certified_copies: 1}
  - {key: identity_paper, title: Giấy tờ tùy thân, copies: 1, replaced_by: population-db}
fees:
  - key: fee
    title: Phí thẩm định
    kind: fee
    collect: at_intake
    amount:
      table:
        down: kind
        across: channel
        cells:
          a: {counter: 100000, online: 90000}
          b: {else: 50000}
    reductions:
      - {when: channel == "online", percent: 40, why: Trực tuyến}
      - {when: applicant.kind == "citizen", percent: 50, why: Cá nhân}
  - {key: copying, title: Phí sao, kind: fee, amount: "1000 * max(copies - 2, 0)", times: copies, min: 0, max: 9000}
  - key: size
    title: Phí theo diện tích
    kind: fee
    amount:
      tiers:
        of: area
        bands:
          - {below: 10, is: 1000}
          - {up_to: 100, is: 5000}
          - {is: 9000}
  - {key: charge, title: Lệ phí, kind: charge, amount: to_be_set, set_by: province}
  - {key: tax, title: Nghĩa vụ, kind: obligation, amount: 5000, when: duty, collect: after_notice, payee: tax}
conduct:
  refuse: {result: refusal, print: [refusal]}
  supplement: {max: 1, answer_within: 30 days}
  extend: {max: 1}
route:
  - {step: receive, title: Tiếp nhận, by: reception, within: 4 hours, allow: [supplement, refuse]}
  - step: appraise
    title: Thẩm định
    by: officer@agency
    phase: first
    within: {default: 5 working days, cases: [{when: variant == "small", is: 3 working days}]}
    warn: [2 working days]
    fills: [opinion, duty, members, deadline, conclusion]
    print: [minutes]
    allow: [supplement, refuse]
    next: [{to: [ask, check]}]
  - step: ask
    title: Lấy ý kiến
    by: officer@agency
    phase: first
    consult:
      within: 5 working days
      ask:
        - {by: officer@police, title: Ý kiến công an, when: kind == "a"}
        - {by: person.members, title: Ý kiến tổ kiểm tra, when: kind == "b"}
      silence: no_opinion
      quorum: 1
      fills: [answer]
    next: meet
  - {step: check, title: Kiểm tra, by: head@agency, phase: first, within: 3 working days, fills: [checked], next: meet}
  - step: meet
    title: Họp
    by: head@agency
    phase: first
    joins: [ask, check]
    within: until deadline
    checks: [{that: opinion is not missing, say: Chưa có ý kiến}]
    next:
      - {choose: agree, title: Đồng ý, to: pay}
      - {choose: redo, title: Làm lại, to: appraise, comment: required}
  - step: pay
    title: Nộp tiền
    by: applicant
    when: duty
    pauses: {reason: Chờ nộp tiền}
    wait: {for: payment, of: [tax], by_hand: reception}
    within: 30 days
    on_late: remind
  - step: sign
    title: Ký
    by: leader@authority
    phase: second
    within: 2 working days
    not_by: [appraise]
    issues: [permit, refusal]
    number: {register: permits}
  - {step: return, title: Trả kết quả, by: reception, phase: second}
screens:
  list: {columns: [code, kind, due], filters: [status, duty], sort: -due}
  header: [kind]
  cards:
    - title: Chờ bổ sung
      when: status == "supplement"
    - {title: Có nghĩa vụ, when: duty and step == "appraise" and due > now}
tests:
  - name: Hồ sơ thường
    given: {received: 2026-03-02 09:00, variant: large, unit: counter, form: {kind: a, area: 20, remote: false}}
    walk:
      - {do: receive, expect: {open: [appraise], step_due: {receive: 2026-03-02 14:30}}}
      - {do: appraise, fill: {duty: false, conclusion: grant}}
      - ask
      - check
      - {do: meet, choose: agree}
""",
}


def check(files: dict[str, str]) -> Checked:
    """The outcome for a folder of texts."""
    return check_config({path: text.encode() for path, text in files.items()})


def with_change(file: str, old: str, new: str) -> tuple[dict[str, str], tuple[int, int]]:
    """The good folder with one passage of one file changed, and the place that the mark in the new passage shows."""
    text = GOOD[file]
    assert text.count(old) == 1, f"{text.count(old)} times: {old}"
    return marked({**GOOD, file: text.replace(old, new)}, file)


def marked(files: dict[str, str], file: str) -> tuple[dict[str, str], tuple[int, int]]:
    """The folder without the mark, and where it stood."""
    before, found, after = files[file].partition(HERE)
    assert found, "the changed passage has no mark"
    return {**files, file: before + after}, (before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)


def places(problems: tuple[Problem, ...], rule: str) -> list[tuple[str, int, int]]:
    """Where a rule found something."""
    return [(problem.file, problem.line, problem.column) for problem in problems if problem.rule == rule]
