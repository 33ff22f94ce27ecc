"""The prints that the law asks for, in the set of the day of receipt: TT 01/2018 until 30/06/2025, then TT 03/2025.

The annexes of both circulars could not be had, only products that follow them; each print says what of it is
unconfirmed. An office corrects any of it in `prints.yaml` under the same key, without a change of the program:
whatever is not written there stays as it is here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from typing import Final

from app.definition.compile_who import compile_who
from app.definition.expression import FLAG, Expression, Scope, parse_expression
from app.definition.model.print_text import Part, Print, Signer
from app.definition.print_names import print_scope
from app.definition.print_text import parse_print_text

_TT01: Final = date(2019, 1, 6)
_TT03: Final = date(2025, 7, 1)
CIRCULARS: Final[Mapping[date, str]] = {
    _TT01: "Thông tư số 01/2018/TT-VPCP",
    _TT03: "Thông tư số 03/2025/TT-VPCP",
}
_WORDING: Final = "câu chữ của biểu mẫu"
_ALL: Final = "câu chữ, bố cục và số của biểu mẫu"

_HEAD: Final = """\
Bộ phận tiếp nhận và trả kết quả: {dossier.reception}
Tiếp nhận hồ sơ của: {applicant.name}
{#when applicant.representative is not missing}
Người đại diện hoặc được ủy quyền: {applicant.representative}
{/when}
Địa chỉ: {applicant.address}
Số điện thoại: {applicant.phone}{#when applicant.email is not missing}; Email: {applicant.email}{/when}
Nội dung yêu cầu giải quyết: {procedure.title}
{#when dossier.code is not missing}
Mã hồ sơ: {dossier.code}
{/when}
"""
_SUPPLEMENT: Final = (
    _HEAD
    + """\
{#when count(request.documents) > 0}
Yêu cầu Ông/Bà hoàn thiện hồ sơ gồm những nội dung như sau:
{#each request.documents}
{n}. {title} ({amount})
{/each}
{/when}
Lý do: {decision.reason}
{#when request.due is not missing}
Thời hạn bổ sung, hoàn thiện hồ sơ: trước {request.due}.
{/when}
Trong quá trình hoàn thiện hồ sơ nếu có vướng mắc, Ông/Bà liên hệ với {actor.name}, số điện thoại {unit.phone} \
để được hướng dẫn./.
"""
)
_REFUSAL: Final = (
    _HEAD
    + """\
Qua xem xét, {dossier.reception} thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau:
{decision.reason}
Xin thông báo cho Ông/Bà được biết và thực hiện./.
"""
)
_APOLOGY: Final = """\
Kính gửi: {applicant.name}
Địa chỉ: {applicant.address}
Số điện thoại: {applicant.phone}
Lúc {dossier.received}, {dossier.reception} tiếp nhận hồ sơ mã số {dossier.code} của Ông/Bà; \
nội dung yêu cầu giải quyết: {procedure.title}.
Thời gian hẹn trả kết quả giải quyết hồ sơ: {extension.from}.
Tuy nhiên, {authority.title} chưa thể trả kết quả đúng thời hạn nêu trên.
Lý do: {decision.reason}
{authority.title} xin lỗi Ông/Bà vì sự chậm trễ này.
Thời gian hẹn trả kết quả lại: {extension.to}.
Mong Ông/Bà thông cảm và phối hợp./.
"""
_STOP: Final = """\
Kính gửi: {applicant.name}
Địa chỉ: {applicant.address}
Số điện thoại: {applicant.phone}
Lúc {dossier.received}, {dossier.reception} tiếp nhận hồ sơ mã số {dossier.code} của Ông/Bà; \
nội dung yêu cầu giải quyết: {procedure.title}.
{authority.title} thông báo dừng giải quyết hồ sơ nêu trên kể từ {today}.
Lý do: {decision.reason}
Xin thông báo cho Ông/Bà được biết./.
"""
_RECIPIENTS: Final = "Như trên\n{dossier.reception}\nLưu: VT, hồ sơ"
_LEADER: Final = (Signer(who=compile_who("leader@authority")),)
# NĐ 61/2018 Đ.6.2b: what to bring when collecting, and the power of attorney when somebody else comes.
_ADVICE: Final = (
    "Khi đến nhận kết quả, đề nghị mang theo giấy này, Căn cước công dân và phí, lệ phí (nếu có).",
    "Trường hợp nhận thay phải có giấy ủy quyền hoặc văn bản ủy quyền theo quy định.",
)


def _condition(text: str, _at: int, _tables: tuple[str, ...]) -> Expression:
    read = parse_expression(text, print_scope(Scope(names={})), FLAG)
    if not isinstance(read, Expression):
        raise ValueError(f"a standard print asks {text!r}, which cannot be read: {read}")
    return read


def _text(body: str) -> tuple[Part, ...]:
    parsed = parse_print_text(body, _condition)
    if parsed.faults:
        raise ValueError(f"a standard print cannot be read: {parsed.faults}")
    return parsed.parts


@lru_cache(maxsize=512)
def standard_print(key: str, day: date) -> Print | None:
    """The print of this key in the set of the day of receipt; a dossier older than the first set takes the first."""
    found = [one for since, one in _dated().get(key, ()) if since <= day]
    return found[-1] if found else next((one for _since, one in _dated().get(key, ())), None)


@cache
def _dated() -> Mapping[str, tuple[tuple[date, Print], ...]]:
    """Every standard print with the days from which it holds, the oldest first."""
    receipt = Print("receipt", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", sign="TNHS", paper="A5", layout="receipt",
                    copies=2, copy_names=("Lưu", "Giao người nộp"), advice=_ADVICE, unconfirmed=_WORDING)  # fmt: skip
    supplement = Print("supplement", "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", _text(_SUPPLEMENT), sign="HDHS",
                       signers=(Signer("Người hướng dẫn"),), unconfirmed=_WORDING)  # fmt: skip
    both = (Signer("Người nộp hồ sơ", compile_who("applicant")), Signer("Người tiếp nhận hồ sơ"))
    refusal = Print("refusal", "Phiếu từ chối tiếp nhận giải quyết hồ sơ", _text(_REFUSAL), sign="TCHS", signers=both,
                    unconfirmed="ký hiệu số và câu chữ của biểu mẫu")  # fmt: skip
    apology = Print("apology", "Phiếu xin lỗi và hẹn lại ngày trả kết quả", _text(_APOLOGY), sign="PXL",
                    signers=_LEADER, recipients=_text(_RECIPIENTS), unconfirmed=_WORDING)  # fmt: skip
    stop = Print("stop", "Thông báo dừng giải quyết hồ sơ", _text(_STOP), sign="TB", signers=_LEADER,
                 recipients=_text(_RECIPIENTS), unconfirmed=_ALL)  # fmt: skip
    slip = Print("control_slip", "Phiếu kiểm soát quá trình giải quyết hồ sơ", layout="control_slip",
                 unconfirmed=_WORDING)  # fmt: skip
    later = replace(apology, title="Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết", unconfirmed=_ALL)
    return {
        "receipt": _numbered(receipt, "01", "01"),
        "supplement": _numbered(supplement, "02", "02"),
        "refusal": _numbered(refusal, "03", "03"),
        "apology": (*_numbered(apology, "04", ""), *_numbered(later, "", "04")),
        "stop": _numbered(stop, None, "05"),
        "control_slip": _numbered(slip, "05", "06"),
    }


def _numbered(one: Print, first: str | None, second: str) -> tuple[tuple[date, Print], ...]:
    """The print with its form number in each set; "" where the set has another one, None where it has none at all."""
    found = []
    for since, number in ((_TT01, first), (_TT03, second)):
        if number != "":
            code = f"Mẫu số {number} ban hành kèm theo {CIRCULARS[since]}" if number else ""
            found.append((since, replace(one, form_code=code)))
    return tuple(found)
