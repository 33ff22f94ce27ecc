"""What expressions of a procedure may name, and from which step on it is known (section 5.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from app.definition.expand.documents import all_documents_in
from app.definition.expand.steps import tables
from app.definition.expression import (
    DATE,
    FLAG,
    MOMENT,
    NUMBER,
    OBJECT,
    TEXT,
    UNIT,
    USER,
    Name,
    Scope,
    Type,
    field_type,
    option,
)
from app.definition.model.organisation import Organisation
from app.definition.shape.tables.wording import APPLICANT_KINDS, CHANNELS, OPINIONS, STATUSES

Writers = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Scopes:
    """``at_work``: everything. ``fixed``: without today, now and due, for choices made once at acceptance.

    ``in_lists``: with what a list knows of each dossier, for counters and list conditions.
    """

    at_work: Scope
    fixed: Scope
    in_lists: Scope


def scopes_of(expanded: Mapping[str, Any], organisation: Organisation, writers: Writers) -> Scopes:
    """The names of one procedure."""
    fields = field_names(expanded["form"]["fields"], writers)
    fixed_names = {**_built_ins(expanded, organisation), **fields}
    steps = _steps(expanded)
    fixed = Scope(
        names=fixed_names,
        steps={key: str(step.get("title", key)) for key, step in steps.items()},
        documents=_document_titles(expanded),
        fees={fee["key"]: str(fee.get("title", "")) for fee in expanded.get("fees", ()) if "key" in fee},
        opinions={key: _opinions(step) for key, step in steps.items() if isinstance(step.get("consult"), Mapping)},
        buttons={key: buttons for key, step in steps.items() if (buttons := _buttons(step))},
        lists=_lists(expanded),
        units={key: unit.title for key, unit in organisation.units.items()},
    )
    moving = {
        "today": Name(DATE, "Hôm nay"),
        "now": Name(MOMENT, "Bây giờ"),
        "due": Name(MOMENT, "Hạn trả kết quả"),
    }
    # A field may not be called like a built-in name; where a faulty file does, the field is what its author means.
    listed = {
        "status": Name(option(STATUSES, "status"), "Trạng thái"),
        "step": Name(option({key: str(step.get("title", key)) for key, step in steps.items()}, "step"), "Bước"),
        "holder": Name(USER, "Người giữ"),
        "finished": Name(MOMENT, "Lúc giải quyết xong"),
    }
    at_work = fixed.with_names({**moving, **fields})
    return Scopes(at_work, fixed, at_work.with_names({**listed, **fields}))


def field_names(fields: Mapping[str, Any], writers: Writers) -> dict[str, Name]:
    """The fields as names; a note holds no value and has none."""
    found = {}
    for key, field in fields.items():
        kind = type_of(field, key, writers)
        if kind is not None:
            steps = writers.get(key)
            label, sealed = str(field.get("label", key)), field.get("sensitive") is True
            found[key] = Name(kind, label, steps[0] if steps else None, *_measures(field), sealed=sealed)
    return found


def _measures(field: Mapping[str, Any]) -> tuple[str, Decimal | None]:
    try:
        least = Decimal(str(field["min"])) if "min" in field else None
    except InvalidOperation:
        least = None
    return str(field.get("measure", "")), least


def type_of(field: Mapping[str, Any], key: str = "", writers: Writers | None = None) -> Type | None:
    """The expression type of a field of the expanded document."""
    options = field.get("options")
    labels = None
    if isinstance(options, Mapping):
        labels = {name: str(one.get("label", name)) for name, one in options.items()}
    columns = field.get("columns")
    inner = None
    if isinstance(columns, Mapping):
        own = {name.partition(".")[2]: steps for name, steps in (writers or {}).items() if name.startswith(f"{key}.")}
        inner = field_names(columns, own)
    return field_type(
        str(field.get("type", "text")),
        options=labels,
        options_name=str(field.get("option_list", key)),
        measure=field.get("measure"),
        columns=inner,
        many=bool(field.get("many", False)),
    )


def _built_ins(expanded: Mapping[str, Any], organisation: Organisation) -> dict[str, Name]:
    variants = {one["key"]: str(one.get("title", "")) for one in expanded.get("variants", ()) if "key" in one}
    return {
        "applicant.kind": Name(option(APPLICANT_KINDS, "applicant.kind"), "Đối tượng nộp"),
        "applicant.name": Name(TEXT, "Tên người nộp"),
        "applicant.age": Name(NUMBER, "Tuổi người nộp"),
        "applicant.place": Name(TEXT, "Địa bàn của người nộp"),
        "representative": Name(FLAG, "người đại diện theo ủy quyền"),
        "channel": Name(option(CHANNELS, "channel"), "Kênh nộp"),
        "level": Name(option(dict(organisation.levels) or None, "level"), "Cấp thực hiện"),
        "variant": Name(option(variants, "variant"), "Trường hợp"),
        "period": Name(TEXT, "Kỳ"),
        "received": Name(MOMENT, "Thời điểm nhận hồ sơ"),
        "accepted": Name(MOMENT, "Thời điểm tiếp nhận"),
        "agency": Name(UNIT, "Cơ quan giải quyết"),
        "authority": Name(UNIT, "Cơ quan có thẩm quyền"),
        "unit": Name(UNIT, "Nơi tiếp nhận"),
        "dossier": Name(OBJECT, "Hồ sơ này"),
    }


def _steps(expanded: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {step["step"]: step for steps in tables(expanded.get("route", {})) for step in steps if "step" in step}


def _opinions(step: Mapping[str, Any]) -> Mapping[str, str]:
    return dict(step["consult"].get("opinions", OPINIONS))


def _buttons(step: Mapping[str, Any]) -> dict[str, str]:
    return {way["choose"]: str(way.get("title", "")) for way in step.get("next", ()) if "choose" in way}


def _document_titles(expanded: Mapping[str, Any]) -> dict[str, str]:
    return {
        str(paper["key"]): str(paper.get("title", ""))
        for paper in all_documents_in(expanded.get("documents", ()))
        if "key" in paper
    }


def _lists(expanded: Mapping[str, Any]) -> dict[str, dict[str, Name]]:
    return {
        key: {name: Name(TEXT, str(column.get("label", name))) for name, column in listed.get("columns", {}).items()}
        for key, listed in expanded.get("lists", {}).items()
    }
