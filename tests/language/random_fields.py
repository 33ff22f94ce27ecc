"""Random form fields of every type, and typed expressions over them, as an administrator would write them."""

from typing import Any

from hypothesis import strategies as st

Field = dict[str, Any]
Fields = dict[str, Field]

LABELS = st.sampled_from(
    ["Diện tích", "Ghi chú", "Địa điểm", "Ngày cấp", 'Tên "cũ"', "Số lượng: đề nghị", "#1", "- mục"]
)
NUMBERS = ("integer", "decimal", "money", "percent", "area")
SIMPLE = (
    *("text", "long_text", *NUMBERS, "date", "datetime", "time", "year", "month", "quarter", "duration"),
    *("yes_no", "choice", "choices", "phone", "email", "url", "person_id", "org_id", "passport", "bank_account"),
    *("address", "parcel", "coordinate", "party", "user", "users", "unit", "units", "file"),
)
UNLISTED = ("coordinate", "file", "person_id", "passport", "bank_account", "party")
OPTIONS = {"homes": "Nhà ở", "farm": "Nông nghiệp", "other": {"label": "Khác", "from": "2020-01-01"}}


@st.composite
def field(draw: st.DrawFn, kind: str) -> Field:
    """One field of a type, with some of the attributes that it may have."""
    made: Field = {"label": draw(LABELS), "type": kind}
    if kind in ("choice", "choices"):
        made["options"] = OPTIONS
    if draw(st.booleans()):
        made |= draw(st.sampled_from(_attributes(kind)))
    if draw(st.integers(0, 3)) == 0 and kind not in UNLISTED:
        made |= draw(
            st.sampled_from([{"list": True}, {"filter": True}, {"search": True}, {"help": "Ghi theo giấy tờ"}])
        )
    return made


def _attributes(kind: str) -> list[Field]:
    """Attributes that only some types have."""
    found: list[Field] = [{"required": True}, {"help": "Như trong đơn"}]
    if kind in ("integer", "decimal", "money", "area"):
        found += [{"min": 1, "max": 1_000_000}, {"measure": "ha"}] if kind != "money" else [{"min": 0}]
    if kind in ("decimal", "percent"):
        found.append({"decimals": 3})
    if kind == "text":
        found += [{"mask": "AA 9999"}, {"min_length": 2, "max_length": 40}]
    if kind == "date":
        found += [{"max": "today"}, {"expires": True}, {"default": "today"}]
    if kind == "file":
        found += [{"many": True, "accept": ["pdf"], "max_mb": 5}]
    if kind == "user":
        found += [{"of": "officer@land-registry"}]
    return found


@st.composite
def table(draw: st.DrawFn) -> Field:
    """A table with a column for sums and one or two others."""
    columns: Fields = {"amount": {"label": "Số lượng", "type": "integer", "min": 0}}
    for number in range(draw(st.integers(1, 2))):
        columns[f"c{number}"] = draw(field(draw(st.sampled_from(["text", "date", "choice", "decimal", "yes_no"]))))
        for key in ("list", "search", "expires"):
            columns[f"c{number}"].pop(key, None)
    made: Field = {"label": draw(LABELS), "type": "table", "columns": columns, "max_rows": 5}
    return made | draw(st.sampled_from([{}, {"totals": ["amount"]}, {"min_rows": 1}]))


@st.composite
def forms(draw: st.DrawFn) -> tuple[dict[str, Any], Fields]:
    """A form and its fields in order. A field is computed or conditional only on fields before it."""
    fields: Fields = {"far": {"label": "Vùng xa", "type": "yes_no", "required": True}}
    fields["size"] = {"label": "Diện tích xin", "type": "integer", "required": True, "min": 1, "max": 10_000}
    for number, kind in enumerate(draw(st.lists(st.sampled_from(SIMPLE), max_size=7))):
        made = draw(field(kind))
        if draw(st.integers(0, 3)) == 0:
            made |= {draw(st.sampled_from(["show_when", "required_when"])): draw(flags(fields))}
            made.pop("required", None)
        fields[f"f{number}"] = made
    if draw(st.booleans()):
        fields["rows"] = draw(table())
    if draw(st.booleans()):
        fields["twice"] = {"label": "Gấp đôi", "type": "integer", "value": "size * 2"}
    form: dict[str, Any] = {"fields": fields}
    if draw(st.booleans()):
        keys = list(fields)
        cut = draw(st.integers(1, len(keys)))
        form["sections"] = [{"key": "first", "title": "Phần đầu", "fields": keys[:cut]}]
        if keys[cut:]:
            form["sections"].append({"key": "second", "title": "Phần sau", "fields": keys[cut:]})
    if draw(st.booleans()):
        form["checks"] = [{"that": "size < 20000", "say": "Diện tích quá lớn"}]
    return form, fields


@st.composite
def flags(draw: st.DrawFn, fields: Fields, depth: int = 2) -> str:
    """A condition over these fields that is neither always true nor always false."""
    if depth and draw(st.integers(0, 2)) == 0:
        left, right = draw(flags(fields, depth - 1)), draw(flags(fields, depth - 1))
        if left != right:
            return f"({left}) {draw(st.sampled_from(['and', 'or']))} ({right})"
    return draw(_tests(draw(st.sampled_from(list(fields))), fields))


def _tests(key: str, fields: Fields) -> st.SearchStrategy[str]:
    """Conditions on one field, by its type."""
    known = _TESTS.get(fields[key]["type"], ()) if "value" not in fields[key] else ()
    if key == "far":
        known = ("{}", "not {}")  # required: never missing
    return st.sampled_from([one.format(key) for one in known] or ["far", "size > 50"])


_NUMBERS = ("{} > 100", "{} <= 7.5", "{} * 2 + 1 == 9", "{} - 1 != 12")
_TEXTS = ('contains({}, "rừng")', "length({}) > 3")
_TESTS: dict[str, tuple[str, ...]] = {
    "yes_no": ("{}", "not {}", "{} is missing"),
    "integer": _NUMBERS,
    "decimal": _NUMBERS,
    "money": ("{} > 5000000",),
    "choice": ('{} == "homes"', '{} in ["farm", "other"]', '{} != "other"'),
    "choices": ('has({}, "farm")',),
    "date": ("{} < 2026-05-01", "days_between({}, received) > 30", "year({}) == 2020"),
    "text": _TEXTS,
    "long_text": _TEXTS,
    "table": ("count({}) > 1", "sum({}.amount) >= 10", "any({}, amount > 3)"),
}
