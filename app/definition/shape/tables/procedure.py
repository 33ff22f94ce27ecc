"""Keys of a procedure file (sections 3 and 13)."""

from __future__ import annotations

from app.definition.shape import rooms
from app.definition.shape.record import Record, Row
from app.definition.shape.scalars import Integer, Literal, OneOf, Text
from app.definition.shape.structures import Either, ListOf, MapOf, WordOr, Wrapped, under
from app.definition.shape.tables.conduct import CONDUCT
from app.definition.shape.tables.documents import DOCUMENTS
from app.definition.shape.tables.forms import EFFECTIVE, FORM
from app.definition.shape.tables.money import FEE
from app.definition.shape.tables.route import ROUTE
from app.definition.shape.tables.scenarios import SCENARIO
from app.definition.shape.tables.times import PHASE, RECURS, TIME_LIMIT
from app.definition.shape.tables.vocabulary import (
    CODE,
    COLUMN_KEY,
    DATE,
    DURATION,
    EXPRESSION,
    FILE_KEY,
    FLAG,
    HELP,
    LINE,
    NAME_KEY,
    PATH_KEY,
    SCHEMA_VERSION,
    STANDARD_PRINTS,
    TITLE,
    WHO,
    choice,
    names,
)
from app.definition.shape.tables.wording import APPLICANT_KINDS, APPLICANT_PARTS, CHANNELS, STANDARD_PARTS
from app.definition.shape.tree import Branch
from app.definition.words import Words

# One row a line reads better than the formatter's one argument a line.
# fmt: off
_SERVICE = ("kind", "service")
KINDS = {
    "service": "thủ tục hành chính", "document": "văn bản đến, đi", "task": "nhiệm vụ được giao",
    "record": "hồ sơ nội bộ, hồ sơ ISO",
}
_LATER_KIND = Literal()
ANNOUNCED = Record("announced", Words("quyết định công bố", "announcement"), (
    Row("number", TITLE, "Số quyết định công bố.", "Number of the decision.", required=True),
    Row("date", DATE, "Ngày quyết định.", "Its date."),
))
LEGAL_BASIS = Record("legal_basis", Words("căn cứ pháp lý", "legal basis"), (
    Row("title", LINE, "Tên văn bản.", "Title of the text.", required=True),
    Row("from", DATE, "Ngày có hiệu lực.", "In force from."),
    Row("to", DATE, "Ngày hết hiệu lực.", "In force until."),
), short="title")
REQUIREMENT = Record("requirement", Words("yêu cầu, điều kiện", "requirement"), (
    Row("text", LINE, "Nội dung yêu cầu.", "The requirement.", required=True),
    Row("check", EXPRESSION, "Điều kiện được kiểm tra khi tiếp nhận.", "Tested at intake."),
    Row("say", HELP, "Câu báo khi không đạt.", "Said when it fails."),
    Row("when", EXPRESSION, "Chỉ áp dụng khi điều kiện đúng.", "Only if this is true.", later=rooms.INTAKE),
), short="text")
VARIANT = Record("variant", Words("trường hợp", "variant"), (
    Row("key", NAME_KEY, "Khóa của trường hợp.", "Key of the variant.", required=True),
    Row("title", TITLE, "Tên trường hợp.", "Title.", required=True),
    Row("when", EXPRESSION, "Chỉ chọn được khi điều kiện đúng.", "Offered only if this is true."),
), names="key")
CO_OWNERS = Record("co_owners", Words("đồng chủ", "co-owners"), (
    Row("min", Integer(0, 1000), "Số đồng chủ ít nhất, không kể người nộp.", "Fewest, besides the applicant.",
        default=0),
    Row("max", Integer(1, 1000), "Số đồng chủ nhiều nhất, không kể người nộp.", "Most, besides the applicant.",
        default=20),
))
APPLICANT = Record("applicant", Words("người nộp", "applicant"), (
    Row("ask", names(OneOf(tuple(APPLICANT_PARTS), words=APPLICANT_PARTS)), "Hỏi thêm về người nộp.", "Extra parts.",
        default=()),
    Row("labels", Record("applicant_labels", Words("nhãn người nộp", "labels"), tuple(
        Row(part, Text(120), f"Nhãn thay cho: {text}.", f"Label of {part}.")
        for part, text in {**STANDARD_PARTS, **APPLICANT_PARTS}.items())), "Cách gọi riêng của thủ tục.", "Wording.",
        default={}),
    Row("representative", OneOf(("allowed", "required", "none"), words={
        "allowed": "được ủy quyền", "required": "phải ủy quyền", "none": "không ủy quyền"}), "Người đại diện.",
        "Authorised representative.", default="allowed"),
    Row("co_owners", CO_OWNERS, "Nhiều chủ của một hồ sơ: người nộp khai tên và số giấy tờ của các đồng chủ.",
        "Several owners: those beside the applicant, by name and number.", example="co_owners: {min: 1, max: 20}"),
))
RESULT = Record("result", Words("kết quả", "result"), (
    Row("key", NAME_KEY, "Khóa của kết quả.", "Key of the result.", required=True),
    Row("title", TITLE, "Tên kết quả.", "Title.", required=True),
    Row("when", EXPRESSION, "Chỉ ra kết quả này khi điều kiện đúng.", "This one only if true."),
    Row("refusal", FLAG, "Là văn bản từ chối.", "A refusal document.", default=False),
    Row("register", FILE_KEY, "Sổ cấp số.", "Register that numbers it."),
    Row("given_as", Either(Words("danh sách paper, electronic, hoặc none", "a list of paper, electronic, or none"),
        scalar=Wrapped(OneOf(("none",)), lambda _word, _mark: []), list=ListOf(OneOf(("electronic", "paper")))),
        "Trả bản giấy, bản điện tử; none: chỉ cập nhật dữ liệu.", "How it is handed over.", default=("electronic",
            "paper")),
    Row("valid_for", EXPRESSION, "Thời hạn hiệu lực của kết quả.", "How long it is valid."),
    Row("code", CODE, "Mã kết quả.", "Code.", later=rooms.CONNECTORS),
    Row("template", Text(120), "Tệp mẫu.", "Template.", later=rooms.BLANKS),
), names="key")
LIST_SCREEN = Record("list_screen", Words("danh sách", "list"), (
    Row("columns", names(), "Các cột.", "Columns."),
    Row("filters", names(COLUMN_KEY), "Các bộ lọc.", "Filters."),
    Row("sort", Text(60), "Thứ tự; -tên là mới trước.", "Order; -name is newest first.", default="due"),
))
CARD = Record("card", Words("ô đếm", "counter"), (
    Row("title", Text(60), "Tên ô đếm.", "What is counted.", required=True),
    Row("when", EXPRESSION, "Đếm hồ sơ thỏa điều kiện này; phải tra cứu được trong cơ sở dữ liệu.",
        "Counts the dossiers of which this is true; the database must be able to answer it.", required=True,
        example='when: status == "supplement"'),
), names="title")
SCREENS = Record("screens", Words("màn hình", "screens"), (
    Row("list", LIST_SCREEN, "Danh sách hồ sơ.", "The list page.", default={}),
    Row("header", names(), "Các trường dưới tiêu đề hồ sơ.", "Fields under the title."),
    Row("cards", ListOf(CARD, unique="title"), "Ô đếm phía trên danh sách.", "Counters above the list.", default=()),
))
_KEPT = WordOr(("permanent",), DURATION)
KEEP_RECORD = Record("keep", Words("thời hạn bảo quản", "retention"), (
    Row("time", _KEPT, "Thời hạn bảo quản, hoặc permanent.", "How long it is kept.", default="70 years"),
    Row("from", OneOf(("end",)), "Tính từ khi kết thúc.", "Counted from the end.", default="end"),
    Row("then", OneOf(("archive", "destroy"), words={"archive": "nộp lưu trữ", "destroy": "tiêu hủy"}), "Hết hạn thì.",
        "What follows.", default="archive"),
    Row("basis", TITLE, "Căn cứ.", "Ground."),
))
PRINT_SET = Record("print_set", Words("bộ mẫu in", "set of prints"), (
    Row("add", names(FILE_KEY), "Mẫu in được thêm: in ở trang hồ sơ khi cần.", "Made on the dossier page when wanted.",
        default=()),
    Row("replace", Record("print_replace", Words("mẫu in chuẩn", "standard prints"), tuple(
        Row(key, FILE_KEY, f"Mẫu in thay cho {key}.", f"The print instead of {key}.")
        for key in STANDARD_PRINTS)), "Mẫu in thay mẫu chuẩn.", "Instead of standard ones.", default={}),
))


ACCESS = Record("access", Words("quyền riêng", "access"), (
    Row("view", ListOf(WHO), "Ai được xem thêm.", "Who may see it as well.", default=()),
    Row("secrecy", NAME_KEY, "Trường độ mật: khác lựa chọn đầu là mật, chỉ view được xem.",
        "Field of secrecy: an option other than the first is secret, and only view may see it."),
    Row("export", ListOf(WHO), "Ai được xuất dữ liệu.", "Who may export.", later=rooms.RIGHTS),
))


def _keep(procedure: Branch) -> dict[str, str]:
    """Dossiers of the people are kept for seventy years, internal ones for ten."""
    return {} if procedure.get("kind", "service") == "service" else {"time": "10 years"}


def _online(procedure: Branch) -> str:
    return "full" if "online" in procedure.get("channels", ()) else "info"


PROCEDURE = Record(
    "procedure",
    Words("thủ tục", "procedure"),
    (
        Row("schema", SCHEMA_VERSION, "Phiên bản ngôn ngữ: 1.", "Language version.", required=True,
            example="schema: 1"),
        Row("key", PATH_KEY, "Khóa cố định, trùng đường dẫn dưới procedures/.",
            "Permanent identity, equal to the path.",
            required=True, example="key: land/certificate-exchange"),
        Row("kind", OneOf(tuple(KINDS), words=KINDS),
            "Loại quy trình.", "Kind of procedure.", default="service"),
        Row("title", Text(500), "Tên đầy đủ như công bố.", "Full name as announced.", required=True),
        Row("short_title", Text(60), "Tên ngắn cho danh sách, hộp việc.", "Menus, inbox, lists."),
        Row("code", CODE, "Mã quốc gia, trong dấu nháy.", "National code.", example='code: "1.012783"'),
        Row("local_code", CODE, "Mã địa phương.", "Provincial code."),
        Row("formerly", ListOf(CODE), "Các mã trước đây.", "Earlier codes.", default=()),
        Row("field", FILE_KEY, "Lĩnh vực, có trong organisation.yaml.", "Field of work.", required=True,
            example="field: land"),
        Row("levels", names(FILE_KEY), "Các cấp thực hiện.", "Levels.", default=("province",)),
        Row("agency", choice(FILE_KEY), "Cơ quan giải quyết.", "Owner of the dossier.", required=True,
            example="agency: land-registry"),
        Row("authority", choice(FILE_KEY), "Cơ quan có thẩm quyền quyết định (mặc định: cơ quan giải quyết).",
            "Who decides."),
        Row("partners", names(FILE_KEY), "Cơ quan phối hợp.", "Partner units.", default=()),
        Row("for", names(OneOf(tuple(APPLICANT_KINDS), words=APPLICANT_KINDS)), "Đối tượng thực hiện.",
            "Who may apply.",
            required=_SERVICE, example="for: [citizen, organisation]"),
        Row("channels", names(OneOf(tuple(CHANNELS), words=CHANNELS)), "Cách nộp.", "Ways to submit.",
            default=("counter",)),
        Row("online", OneOf(("full", "part", "info"), words={
            "full": "toàn trình", "part": "một phần", "info": "cung cấp thông tin"}), "Mức dịch vụ trực tuyến.",
            "Level of the online service.", default=_online),
        Row("effective", EFFECTIVE, "Nhận hồ sơ trong khoảng này thì theo bản này.",
            "Received in this span → this version.",
            required=True, example="effective: {from: 2025-07-01}"),
        Row("announced", ANNOUNCED, "Quyết định công bố.", "Announcing decision."),
        Row("legal_basis", ListOf(LEGAL_BASIS), "Căn cứ pháp lý.", "Legal basis.", required=_SERVICE, default=(),
            example="legal_basis: [Nghị định 151/2025/NĐ-CP]"),
        Row("requirements", ListOf(REQUIREMENT), "Yêu cầu, điều kiện.", "Requirements.", default=()),
        Row("variants", ListOf(VARIANT, unique="key"), "Các trường hợp.", "Variants.", default=()),
        Row("applicant", APPLICANT, "Khối thông tin người nộp.", "The applicant block.", default={}),
        Row("form", FORM, "Biểu mẫu.", "The form.", default={}),
        Row("documents", DOCUMENTS, "Thành phần hồ sơ.", "Dossier components.", default=()),
        Row("sets", Integer(1, 99), "Số bộ hồ sơ.", "Number of sets.", default=1),
        Row("time_limit", TIME_LIMIT, "Thời hạn giải quyết.", "Legal and promised limit.", required=True,
            example="time_limit: 5 working days"),
        Row("phases", ListOf(PHASE, unique="key"), "Các giai đoạn.", "Phases.", default=()),
        Row("fees", ListOf(FEE, unique="key"), "Phí, lệ phí, nghĩa vụ tài chính.", "Fees and obligations.", default=()),
        Row("results", ListOf(RESULT, unique="key"), "Kết quả.", "What comes out.", required=_SERVICE, default=(),
            example="results: [{key: permit, title: Giấy phép}]"),
        Row("route", ROUTE, "Quy trình: các bước.", "The steps.", required=True),
        Row("conduct", CONDUCT, "Cách xử lý chuẩn: bổ sung, từ chối, gia hạn.", "Standard conduct.", default={}),
        Row("screens", SCREENS, "Danh sách và trang hồ sơ.", "List and dossier page.", default={}),
        Row("keep", Either(Words("thời hạn như 70 years, permanent hoặc {time: …}", "70 years, permanent or {time: …}"),
            scalar=Wrapped(_KEPT, under("time")), mapping=KEEP_RECORD), "Thời hạn bảo quản.", "Retention.",
            default=_keep),
        Row("tests", ListOf(SCENARIO, unique="name"), "Kịch bản kiểm tra.", "Scenarios.", default=()),
        Row("non_territorial", FLAG, "Không phụ thuộc địa giới.", "Any one-stop unit may take it in.",
            default=False),
        Row("intake_at", choice(names(Text(80))),
            "Nơi được nhận (mặc định: mọi bộ phận một cửa và cơ quan giải quyết).",
            "Where it may be taken in."),
        Row("locality", Text(80), "Địa bàn xét theo.", "Which place decides.",
            default="applicant.place"),
        Row("notices", _LATER_KIND, "Thông báo.", "Notices.", later=rooms.NOTICES),
        Row("prints", PRINT_SET, "Mẫu in thêm, và mẫu in thay mẫu chuẩn.", "Prints added, and standard ones replaced."),
        Row("public", _LATER_KIND, "Trang tra cứu.", "Look-up page.", later=rooms.PORTAL),
        Row("access", ACCESS, "Quyền riêng, thêm vào quyền suy ra từ các bước.",
            "Added to the rights that steps give."),
        Row("handbook", _LATER_KIND, "Quy trình ISO.", "ISO handbook.", later=rooms.HANDBOOK),
        Row("recurs", RECURS, "Định kỳ.", "Recurring declarations."),
        Row("batch", _LATER_KIND, "Theo đợt.", "Many applicants, one timetable.", later=rooms.BATCHES),
        Row("may_change", MapOf(_LATER_KIND), "Lớp phủ được sửa gì.", "What overlays may change.",
            later=rooms.OVERLAYS),
        Row("migrate", _LATER_KIND, "Chuyển hồ sơ đang giải quyết.", "Mapping for dossiers in progress.",
            later=rooms.MIGRATION),
    ),
)
