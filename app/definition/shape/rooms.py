"""The rooms of the house that are not built yet: a key of the language that only one of them would read is refused."""

from __future__ import annotations

from app.definition.words import Words

PORTAL = Words("cổng công khai", "the public portal")
NOTICES = Words("thông báo", "notices")
HANDBOOK = Words("quy trình ISO", "the ISO handbook")
CONNECTORS = Words("kết nối hệ thống khác", "connectors")
MIGRATION = Words("chuyển hồ sơ đang giải quyết", "migration of open dossiers")
BOOKS = Words("sổ và danh sách in ra", "printed books and lists")
RIGHTS = Words("quyền riêng của từng thủ tục", "rights of a single procedure")
INTAKE = Words("tiếp nhận", "intake")
CALLS = Words("gọi thủ tục khác", "calls of other procedures")
BATCHES = Words("đợt", "batches")
KINDS = Words("văn bản, công việc, hồ sơ theo dõi", "documents, tasks and records")
OVERLAYS = Words("lớp phủ", "overlays")
LISTS = Words("danh sách dùng chung", "shared lists")
BLANKS = Words("tệp mẫu để tải", "blank files to download")
CLOCK = Words("đồng hồ", "the clock")
