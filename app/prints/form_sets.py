"""Which printed form the law asks for on a day: the set of TT 01/2018 or of TT 03/2025, as dated data."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Form:
    """The fixed wording of one form."""

    number: str
    title: str
    sign: str
    copies: tuple[str, ...]
    advice: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormSet:
    """The forms of one circular, in force from a day until the next set begins."""

    circular: str
    since: date
    receipt: Form


_TITLE = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
_COPIES = ("Lưu", "Giao người nộp")
# NĐ 61/2018 Đ.6.2b: what to bring when collecting, and the power of attorney when somebody else comes.
_ADVICE = (
    "Khi đến nhận kết quả, đề nghị mang theo giấy này, Căn cước công dân và phí, lệ phí (nếu có).",
    "Trường hợp nhận thay phải có giấy ủy quyền hoặc văn bản ủy quyền theo quy định.",
)

FORM_SETS: tuple[FormSet, ...] = (
    FormSet(
        circular="Thông tư số 01/2018/TT-VPCP",
        since=date(2019, 1, 6),
        receipt=Form(
            number="Mẫu số 01",
            title=_TITLE,
            sign="TNHS",
            copies=_COPIES,
            advice=_ADVICE,
        ),
    ),
    FormSet(
        circular="Thông tư số 03/2025/TT-VPCP",
        since=date(2025, 7, 1),
        receipt=Form(
            number="Mẫu số 01",
            title=_TITLE,
            sign="TNHS",
            copies=_COPIES,
            advice=_ADVICE,
        ),
    ),
)


def form_set_on(day: date) -> FormSet:
    """The set in force on the day of receipt; a dossier older than the first set prints on the first."""
    in_force = [forms for forms in FORM_SETS if forms.since <= day]
    return in_force[-1] if in_force else FORM_SETS[0]
