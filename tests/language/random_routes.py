"""Random step tables: lines, forks with joins, buttons, ways by condition, waits, consultations, pauses."""

from typing import Any

from hypothesis import strategies as st

from tests.language.random_fields import Fields, flags

Step = dict[str, Any]

PEOPLE = st.sampled_from(
    ["officer@agency", "head@agency", ["officer@agency", "head@agency"], {"all": ["officer@agency", "head@agency"]}]
)
BUDGETS = st.sampled_from([None, None, "4 hours", "0.5 working days", "1 working day"])
ALLOWED = st.sampled_from(
    [None, ["supplement"], ["refuse"], ["supplement", "refuse", "consult"], [{"supplement": {"max": 2}}, "refuse"]]
)


@st.composite
def steps(draw: st.DrawFn, fields: Fields, fees: tuple[str, ...]) -> tuple[list[Step], tuple[str, ...]]:
    """The steps from reception to return, and the fields that are filled after intake."""
    filled = [key for key in fields if key.startswith("f") and key != "far" and draw(st.integers(0, 3)) == 0]
    known = {key: made for key, made in fields.items() if key not in filled}
    middles = [draw(middle(f"m{number}", known)) for number in range(draw(st.integers(1, 4)))]
    if filled:
        middles[0] = {"step": "m0", "title": "Xem xét", "by": "officer@agency", "fills": filled}
    if draw(st.booleans()):
        middles += draw(fork(known))
    if fees and draw(st.booleans()):
        middles.append(paying(fees[0]))
    if draw(st.booleans()):
        middles.append(draw(decision(known, str(middles[0]["step"]))))
    issue = {"step": "sign", "title": "Ký", "by": "leader@authority", "issues": ["paper"], "within": "1 working day"}
    receive: Step = {"step": "receive", "title": "Tiếp nhận", "by": "reception", "within": "4 hours"}
    allowed = draw(st.sampled_from([None, ["refuse"], ["supplement", "refuse"]]))
    if allowed:
        receive["allow"] = allowed
    return [receive, *middles, issue, {"step": "return", "title": "Trả kết quả", "by": "reception"}], tuple(filled)


@st.composite
def middle(draw: st.DrawFn, key: str, fields: Fields) -> Step:
    """One step in between: a wait, a consultation, or the work of a person."""
    kind = draw(st.sampled_from(["wait", "consult", *["work"] * 6]))
    if kind == "wait":
        return {"step": key, "title": "Niêm yết", "by": "system", "wait": "3 days"}
    if kind == "consult":
        ask = [{"by": "officer@nnmt-water"}, {"by": "officer@tax-office", "when": draw(flags(fields))}]
        asked = {"ask": ask, "within": "2 working days", "silence": draw(st.sampled_from(["agree", "wait"]))}
        return {"step": key, "title": "Lấy ý kiến", "by": "officer@agency", "consult": asked}
    made: Step = {"step": key, "title": f"Bước {key}", "by": draw(PEOPLE)}
    within, allow = draw(BUDGETS), draw(ALLOWED)
    if within:
        made |= {"within": within, "on_late": draw(st.sampled_from(["overdue", "next", "remind"]))}
    if allow:
        made["allow"] = allow
    return made | draw(st.sampled_from(_specialities(key, draw(flags(fields)))))


def _specialities(key: str, condition: str) -> list[Step]:
    """What a step may have besides; nothing most of the time."""
    attached = {"key": f"minutes_{key}", "title": "Biên bản"}
    return [
        *({}, {}, {}),
        {"when": condition},
        {"optional": True},
        {"optional": condition},
        {"pauses": {"reason": "chờ thẩm tra"}},
        {"pauses": {"reason": "chờ hoàn thiện", "then": "restart", "fresh": "3 working days"}},
        {"pauses": {"reason": "chờ bổ sung", "then": "resume", "add": "5 working days"}},
        {"not_by": ["receive"]},
        {"attach": [attached]},
        {"attach": [{**attached, "required": True}]},
        {"handover": "Chuyển phòng chuyên môn", "guide": "Đối chiếu với bản đồ."},
        {"checks": [{"that": "size < 20000", "say": "Diện tích quá lớn"}]},
        {"print": ["control_slip"]},
    ]


@st.composite
def fork(draw: st.DrawFn, fields: Fields) -> list[Step]:
    """Two branches at once, joined again; the second one perhaps only on a condition."""
    second = draw(st.sampled_from(["right", {"step": "right", "when": draw(flags(fields))}]))
    return [
        {"step": "split", "title": "Phân công", "by": "head@agency", "next": [{"to": ["left", second]}]},
        {**draw(branch("left")), "next": "join"},
        {**draw(branch("right")), "next": "join"},
        {"step": "join", "title": "Tổng hợp", "by": "officer@agency", "joins": ["left", "right"]},
    ]


@st.composite
def branch(draw: st.DrawFn, key: str) -> Step:
    """One step of a branch."""
    made: Step = {"step": key, "title": f"Nhánh {key}", "by": draw(st.sampled_from(["officer@agency", "head@agency"]))}
    within = draw(BUDGETS)
    return {**made, "within": within} if within else made


@st.composite
def decision(draw: st.DrawFn, fields: Fields, back_to: str) -> Step:
    """Two buttons, or two ways by a condition."""
    made: Step = {"step": "decide", "title": "Xem xét quyết định", "by": "head@agency"}
    if draw(st.booleans()):
        again = {"choose": "again", "title": "Làm lại", "to": back_to, "comment": "required"}
        return {**made, "next": [{"choose": "pass", "title": "Đạt", "to": "sign"}, again]}
    return {**made, "next": [{"when": draw(flags(fields)), "to": "sign"}, {"to": "sign", "comment": "required"}]}


def paying(fee: str) -> Step:
    """The applicant pays, the clock stands still."""
    return {
        "step": "pay",
        "title": "Nộp phí",
        "by": "applicant",
        "wait": {"for": "payment", "of": [fee], "by_hand": "reception"},
        "within": "10 days",
        "on_late": "stop",
        "pauses": {"reason": "chờ nộp phí"},
    }
