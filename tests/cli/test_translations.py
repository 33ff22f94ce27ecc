"""Collecting, updating, checking and compiling the texts, on real catalogues in a folder of their own."""

import re
import shutil
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from click.testing import CliRunner

from app.cli import catalogues
from app.cli.catalogue_check import check
from app.cli.translations import translations
from app.definition.labels import load_catalogue, translated

CODE = """
from flask_babel import gettext as _, lazy_gettext as _l, ngettext, pgettext
title = _l("Inbox")
def page(code, n):
    counted = ngettext("%(num)s dossier", "%(num)s dossiers", n)
    return _("Received %(code)s.", code=code), counted, pgettext("button", "Return")
"""
PAGE = '<h1>{{ _("All procedures") }}</h1>{% trans trimmed name=x %}Good day,\n {{ name }}{% endtrans %}'
VIETNAMESE = {
    "Inbox": "Việc của tôi",
    "Received %(code)s.": "Đã tiếp nhận %(code)s.",
    ("%(num)s dossier", "%(num)s dossiers"): ("%(num)s hồ sơ",),
    "Return": "Trả kết quả",
    "All procedures": "Mọi thủ tục",
    "Good day, %(name)s": "Chào %(name)s",
}


@pytest.fixture
def root(tmp_path, monkeypatch) -> Path:
    """A project of two files whose texts are all translated."""
    (tmp_path / "app/screens/templates").mkdir(parents=True)
    (tmp_path / "app/page.py").write_text(CODE)
    (tmp_path / "app/screens/templates/page.html").write_text(PAGE)
    shutil.copy(catalogues.ROOT / "babel.cfg", tmp_path)
    folder = tmp_path / "translations"
    frameworks = catalogues.framework_messages()
    catalogues.write(folder / "framework.pot", frameworks)
    catalogues.write(folder / "messages.pot", catalogues.together(catalogues.our_messages(tmp_path), frameworks))
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    monkeypatch.setattr(catalogues, "FOLDER", folder)
    assert run("update").exit_code == 0
    shipped = catalogues.read(Path(__file__).parents[2] / "translations/vi/LC_MESSAGES/messages.po", "vi")
    change(tmp_path, lambda catalog: catalogues.fill_from(catalog, shipped))
    change(tmp_path, lambda catalog: fill(catalog, VIETNAMESE))
    return tmp_path


def run(*arguments: str):
    return CliRunner().invoke(translations, arguments)


def fill(catalog: Catalog, texts: dict) -> None:
    for message in catalogues.messages(catalog):
        message.string = texts.get(message.id, message.string)


def change(root: Path, how, locale: str = "vi", domain: str = "messages") -> None:
    file = catalogues.catalogue_file(root / "translations", locale, domain)
    catalog = catalogues.read(file, locale)
    how(catalog)
    catalogues.write(file, catalog)


def said(root: Path) -> list[str]:
    return [str(finding) for finding in check(root)]


def test_code_and_templates_give_up_all_their_texts(root):
    found = {(message.id, message.context) for message in catalogues.messages(catalogues.our_messages(root))}
    assert found == {(text, "button" if text == "Return" else None) for text in VIETNAMESE}


def test_complete_catalogues_have_nothing_to_mend(root):
    assert said(root) == []
    assert run("check").output == "0 to mend\n"


def test_english_fills_itself_from_the_message_ids(root):
    english = catalogues.read(catalogues.catalogue_file(root / "translations", "en"), "en")
    assert english.get("Inbox").string == "Inbox"
    assert english.get("%(num)s dossier").string == ("%(num)s dossier", "%(num)s dossiers")


def test_a_text_new_in_the_code_is_named_with_file_and_line(root):
    (root / "app/page.py").write_text(CODE + '\nother = _("Send back")\n')
    assert any(re.match(r"app/page.py:8: “Send back” is not in translations/vi/", line) for line in said(root))
    result = run("check")
    assert result.exit_code == 1
    assert "translations/messages.pot: the code has other messages" in result.output


def test_an_empty_text_is_named_with_its_line_in_the_catalogue(root):
    change(root, lambda catalog: fill(catalog, {"Inbox": ""}))
    (line,) = said(root)
    place = re.fullmatch(r"translations/vi/LC_MESSAGES/messages.po:(\d+): “Inbox” has no translation", line)
    lines = catalogues.catalogue_file(root / "translations", "vi").read_text("utf-8").splitlines()
    assert lines[int(place[1]) - 1] == 'msgid "Inbox"'


def test_a_framework_text_may_not_be_missing_either(root):
    change(root, lambda catalog: fill(catalog, {"This field is required.": "", "Search": ""}))
    assert len(said(root)) == 2


def test_a_fuzzy_text_is_named_and_not_compiled(root):
    change(root, lambda catalog: catalog.get("Inbox").flags.add("fuzzy"))
    assert "“Inbox” is marked fuzzy" in said(root)[0]
    total = len(catalogues.read(catalogues.catalogue_file(root / "translations", "vi"), "vi"))
    assert catalogues.compile_catalogue(catalogues.catalogue_file(root / "translations", "vi"), "vi") == total - 1


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Đã tiếp nhận.", "lacks %(code)s"),
        ("Đã tiếp nhận %(ma)s.", "has %(ma)s, which"),
        ("Đã tiếp nhận %(code)d.", "lacks %(code)s"),
        ("Đã tiếp nhận %(code).", "lacks %(code)s"),
        ("Đã tiếp nhận %(code)s, 100%.", "has %"),
        ("Đã tiếp nhận %(code)s {x}.", "has {x}"),
        ("<b>Đã tiếp nhận</b> %(code)s.", "holds markup"),
        ("Đã tiếp nhận %(code)s\u200b.", "invisible characters"),
        ("Đa\u0303 tiếp nhận %(code)s.", "letters in pieces"),
    ],
)
def test_a_text_that_would_break_or_mislead_is_named(root, text, fault):
    change(root, lambda catalog: fill(catalog, {"Received %(code)s.": text}))
    assert any(fault in line for line in said(root))


def test_a_bare_percent_in_a_message_of_ours_is_named(root):
    (root / "app/page.py").write_text(CODE + '\nshare = _("50% of all")\n')
    assert any(line.startswith("app/page.py:8: “50% of all” has a bare %") for line in said(root))


def test_compiling_takes_every_catalogue_there_is(root):
    assert run("compile").output.splitlines()[0].startswith("en/LC_MESSAGES/messages.mo: ")
    assert (root / "translations/vi/LC_MESSAGES/messages.mo").is_file()


def test_a_form_that_counts_needs_its_number(root):
    change(root, lambda catalog: fill(catalog, {("%(num)s dossier", "%(num)s dossiers"): ("hồ sơ",)}))
    assert any("lacks %(num)s" in line for line in said(root))


def test_other_releases_of_the_frameworks_are_noticed(root):
    file = root / "translations/framework.pot"
    file.write_text(file.read_text("utf-8").replace('"Search"', '"Search for"'), "utf-8")
    assert any(line.startswith("translations/framework.pot:") for line in said(root))


def test_update_keeps_texts_and_remembers_those_no_longer_used(root):
    (root / "app/page.py").write_text(CODE.replace("Inbox", "My work"))
    template = catalogues.together(catalogues.our_messages(root), catalogues.framework_messages())
    catalogues.write(root / "translations/messages.pot", template)
    run("update")
    file = catalogues.catalogue_file(root / "translations", "vi")
    catalog = catalogues.read(file, "vi")
    assert catalog.get("My work").string == ""
    assert catalog.get("Return", "button").string == "Trả kết quả"
    assert '#~ msgstr "Việc của tôi"' in file.read_text("utf-8")


def test_update_twice_changes_nothing(root):
    files = sorted((root / "translations").rglob("*.po"))
    before = [file.read_bytes() for file in files]
    run("update")
    assert [file.read_bytes() for file in files] == before


def test_take_fills_empty_places_and_replaces_nothing(root, tmp_path):
    change(root, lambda catalog: fill(catalog, {"Inbox": ""}))
    given = tmp_path / "given.po"
    given.write_text('msgid "Inbox"\nmsgstr "Hộp việc"\n\nmsgid "All procedures"\nmsgstr "Khác"\n', "utf-8")
    assert "1 texts taken" in run("take", str(given)).output
    catalog = catalogues.read(catalogues.catalogue_file(root / "translations", "vi"), "vi")
    assert (catalog.get("Inbox").string, catalog.get("All procedures").string) == ("Hộp việc", "Mọi thủ tục")


DOCUMENTS = {
    "land/one": {"key": "land/one", "title": "Cấp đổi", "form": {"fields": {"area": {"label": "Diện tích"}}}},
    "land/two": {"key": "land/two", "title": "Đăng ký {x}", "form": {"fields": {"area": {"label": "Diện tích"}}}},
}
AREA = "land/one:form.fields.area.label"


@pytest.fixture
def defined(root) -> Path:
    catalogues.write(root / "translations/procedures.pot", catalogues.definition_messages(DOCUMENTS.items()))
    run("update")
    return root


def test_definition_texts_stand_under_their_path_with_the_vietnamese_beside(defined):
    english = catalogues.read(catalogues.catalogue_file(defined / "translations", "en", "procedures"), "en")
    assert (english.get(AREA).auto_comments, english.get(AREA).string) == (["Diện tích"], "")
    assert not catalogues.catalogue_file(defined / "translations", "vi", "procedures").exists()


def test_a_translated_definition_text_reaches_the_document_and_its_twins(defined):
    change(defined, lambda catalog: fill(catalog, {AREA: "Area"}), "en", "procedures")
    run("update")
    run("compile")
    catalogue = load_catalogue(defined / "translations", "en")
    assert translated(DOCUMENTS["land/two"], catalogue)["form"]["fields"]["area"]["label"] == "Area"
    assert translated(DOCUMENTS["land/one"], catalogue)["title"] == "Cấp đổi"


def test_a_changed_vietnamese_text_puts_its_translation_in_doubt(defined):
    change(defined, lambda catalog: fill(catalog, {AREA: "Area"}), "en", "procedures")
    changed = {**DOCUMENTS["land/one"], "form": {"fields": {"area": {"label": "Diện tích thửa đất"}}}}
    catalogues.write(defined / "translations/procedures.pot", catalogues.definition_messages([("land/one", changed)]))
    run("update")
    run("compile")
    english = catalogues.read(catalogues.catalogue_file(defined / "translations", "en", "procedures"), "en")
    assert english.get(AREA).fuzzy
    assert AREA not in load_catalogue(defined / "translations", "en")


def test_placeholders_of_definition_texts_are_compared_with_the_vietnamese(defined):
    change(defined, lambda catalog: fill(catalog, {"land/two:title": "Registration {y}"}), "en", "procedures")
    assert any("has {y}" in line for line in said(defined))
    assert any("lacks {x}" in line for line in said(defined))


def shipped(locale: str) -> Catalog:
    return catalogues.read(Path(__file__).parents[2] / f"translations/{locale}/LC_MESSAGES/messages.po", locale)


def test_the_shipped_catalogues_are_complete():
    assert said(Path(__file__).parents[2]) == []


def test_every_message_of_the_frameworks_is_vietnamese():
    vietnamese = shipped("vi")
    missing = [
        m.id for m in catalogues.messages(catalogues.framework_messages()) if not vietnamese.get(m.id, m.context)
    ]
    assert missing == []
    same = {m.id for m in catalogues.messages(vietnamese) if m.string == m.id}
    worded = {text for text in same if re.search(r"\w", re.sub(r"%\(\w+\)s", "", text))}
    assert worded <= {"Fax", "SMS", "X", "Y"}


def test_the_vietnamese_texts_keep_the_voice_of_the_house():
    avoided = re.compile(r"vui lòng|thành công|!|\bsubmit\b|\bnull\b|\brecord\b|bản ghi", re.IGNORECASE)
    texts = [text for message in catalogues.messages(shipped("vi")) for text in catalogues.texts(message)]
    assert [text for text in texts if avoided.search(text)] == []
