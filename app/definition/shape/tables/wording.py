"""The words of the closed lists, with their Vietnamese meaning: read by the tables, by expressions and by screens."""

from __future__ import annotations

APPLICANT_KINDS: dict[str, str] = {
    "citizen": "cá nhân",
    "household": "hộ gia đình",
    "organisation": "tổ chức",
    "enterprise": "doanh nghiệp",
    "cooperative": "hợp tác xã",
    "community": "cộng đồng dân cư",
    "state_body": "cơ quan nhà nước",
    "foreigner": "người nước ngoài",
    "foreign_organisation": "tổ chức nước ngoài",
    "overseas_vietnamese": "người Việt Nam định cư ở nước ngoài",
    "foreign_invested_enterprise": "doanh nghiệp có vốn đầu tư nước ngoài",
    "official": "cán bộ, công chức, viên chức",
    "party_body": "cơ quan Đảng",
}
CHANNELS: dict[str, str] = {"counter": "trực tiếp", "post": "bưu chính", "online": "trực tuyến"}
APPLICANT_PARTS: dict[str, str] = {
    "birth_date": "ngày sinh",
    "sex": "giới tính",
    "nationality": "quốc tịch",
    "occupation": "nghề nghiệp",
    "fax": "số fax",
    "bank_account": "tài khoản ngân hàng",
    "relation": "quan hệ với đối tượng của hồ sơ",
    "position": "chức vụ",
    "tax_code": "mã số thuế",
}
STANDARD_PARTS: dict[str, str] = {
    "kind": "đối tượng",
    "name": "tên",
    "identity": "số giấy tờ",
    "address": "địa chỉ",
    "phone": "điện thoại",
    "email": "thư điện tử",
}
FIELD_TYPES: dict[str, str] = {
    "text": "chữ, một dòng",
    "long_text": "chữ, nhiều dòng",
    "integer": "số nguyên",
    "decimal": "số thập phân",
    "money": "số tiền (đồng)",
    "percent": "phần trăm, 0–100",
    "area": "diện tích",
    "date": "ngày",
    "datetime": "ngày giờ",
    "year": "năm",
    "yes_no": "có / không",
    "pledge": "cam kết, phải đánh dấu",
    "choice": "chọn một",
    "choices": "chọn nhiều",
    "phone": "số điện thoại",
    "email": "thư điện tử",
    "url": "địa chỉ trang",
    "person_id": "số định danh cá nhân",
    "org_id": "mã số thuế, mã số doanh nghiệp",
    "address": "địa chỉ",
    "file": "tệp đính kèm",
    "table": "bảng nhiều dòng",
    "party": "người hoặc tổ chức: tên, giấy tờ, địa chỉ",
    "parcel": "thửa đất: tờ bản đồ, số thửa",
    "coordinate": "tọa độ VN-2000",
    "users": "nhiều người của cơ quan",
    "note": "lời dẫn trong biểu mẫu",
}
LATER_FIELD_TYPES = (
    "time",
    "month",
    "quarter",
    "duration",
    "passport",
    "bank_account",
    "commune",
    "user",
    "unit",
    "units",
    "dossier",
)
FEE_KINDS: dict[str, str] = {
    "fee": "phí",
    "charge": "lệ phí",
    "obligation": "nghĩa vụ tài chính",
    "price": "giá dịch vụ",
    "payout": "khoản trả cho người nộp",
}
COLLECT: dict[str, str] = {
    "at_intake": "khi nộp hồ sơ",
    "after_notice": "sau thông báo",
    "before_result": "trước khi trả kết quả",
    "at_return": "khi trả kết quả",
    "elsewhere": "cơ quan khác thu",
}
STATUSES: dict[str, str] = {
    "submitted": "1 – mới nộp",
    "received": "2 – đã tiếp nhận",
    "not_accepted": "3 – không tiếp nhận",
    "processing": "4 – đang xử lý",
    "supplement": "5 – yêu cầu bổ sung",
    "financial_duty": "6 – thực hiện nghĩa vụ tài chính",
    "withdrawal": "7 – xin rút",
    "stopped": "8 – dừng xử lý",
    "result_ready": "9 – đã có kết quả",
    "returned": "10 – đã trả kết quả",
}
OPINIONS: dict[str, str] = {
    "agree": "Đồng ý",
    "agree_with_changes": "Đồng ý nếu chỉnh sửa, bổ sung",
    "disagree": "Không đồng ý",
    "no_opinion": "Không có ý kiến",
}
