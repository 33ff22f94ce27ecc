"""Rules about dossier components (D01–D05 D07 D08)."""

import re
from collections.abc import Iterator, Mapping, Sequence

from app.definition.model.documents import Document, Group
from app.definition.rules.conditions import constant_answer
from app.definition.rules.references import listed
from app.definition.rules.subject import Finding, KeyPath, Library, Subject
from app.definition.words import Words

_COUNTS = ("originals", "certified_copies", "copies", "scans")
# How the law calls application forms.
_FORM_TITLE = re.compile(r"(?:bản chính |bản gốc )?(?:đơn|tờ khai|phiếu yêu cầu|văn bản đề nghị)\b", re.IGNORECASE)
_PAPERS, _RESULTS = Words("giấy tờ", "documents"), Words("kết quả", "results")
_FEES, _VARIANTS = Words("khoản thu", "fees"), Words("trường hợp", "variants")
_STEPS, _PROCEDURES = Words("bước", "steps"), Words("thủ tục", "procedures")


def placed_documents(
    items: Sequence[Document | Group], path: KeyPath = ("documents",)
) -> Iterator[tuple[KeyPath, Document | Group]]:
    """Every document and group with its place, groups before what they hold."""
    for at, item in enumerate(items):
        yield (*path, at), item
        if isinstance(item, Group):
            yield from placed_documents(item.items, (*path, at, "items"))


def no_form(subject: Subject) -> Iterator[Finding]:
    """D01: nothing among the documents is an application form."""
    procedure = subject.procedure
    if procedure.kind != "service":
        return
    for _, item in placed_documents(procedure.documents):
        if isinstance(item, Document) and (item.form or item.form_code or _FORM_TITLE.match(item.title)):
            return
    yield Finding(("documents",), "D01", on_key=True)


def no_count(subject: Subject) -> Iterator[Finding]:
    """D02: a paper that is kept and not looked up, without any count: one copy is assumed."""
    for path, item in placed_documents(subject.procedure.documents):
        if not isinstance(item, Document) or item.presented or item.replaced_by or item.copies != 1:
            continue
        if not any(subject.is_written((*path, count)) for count in _COUNTS):
            yield Finding((*path, "key"), "D02", {"document": item.key})


def one_of_one(subject: Subject) -> Iterator[Finding]:
    """D03: a choice between fewer than two papers."""
    for path, item in placed_documents(subject.procedure.documents):
        if isinstance(item, Group) and item.of == "one" and len(item.items) < 2:
            yield Finding((*path, "of"), "D03", {"group": item.key}, on_key=True)


def never_asked(subject: Subject) -> Iterator[Finding]:
    """D04: a paper or a group whose condition no case fulfils."""
    for path, item in placed_documents(subject.procedure.documents):
        if item.when is not None and constant_answer(item.when, subject.procedure) is False:
            yield Finding((*path, "when"), "D04", {"document": item.key})


def phase_without_intake(subject: Subject) -> Iterator[Finding]:
    """D06: a paper of a later phase that no step takes in."""
    phases = [phase.key for phase in subject.procedure.phases]
    for path, item in placed_documents(subject.procedure.documents):
        if not subject.is_written((*path, "phase")) or item.phase not in phases[1:]:
            continue
        for table in subject.tables:
            if not any(one.step.does == "intake" and one.step.phase == item.phase for one in table.steps):
                yield Finding((*path, "phase"), "D06", {"document": item.key, "phase": item.phase})
                break


def looked_up_only(subject: Subject) -> Iterator[Finding]:
    """D05: looked up, and not required: when the look-up fails nobody may ask for it."""
    for path, item in placed_documents(subject.procedure.documents):
        if isinstance(item, Document) and item.replaced_by and not item.required and item.required_when is None:
            yield Finding((*path, "required"), "D05", {"document": item.key})


def looked_up_elsewhere(subject: Subject) -> Iterator[Finding]:
    """D08: a source gives exactly this paper, and it is asked for all the same."""
    given = _gives(subject.library.organisation_document)
    for path, item in placed_documents(subject.procedure.documents):
        if isinstance(item, Document) and not item.replaced_by and item.key in given:
            params = {"document": item.key, "source": given[item.key]}
            yield Finding((*path, "key"), "D08", params)


def _gives(document: Mapping[str, object]) -> dict[str, str]:
    sources = document.get("sources")
    found: dict[str, str] = {}
    for key, source in sources.items() if isinstance(sources, Mapping) else ():
        for item in listed(source.get("gives") if isinstance(source, Mapping) else None):
            found.setdefault(str(item), str(key))
    return found


def same_titles(subject: Subject) -> Iterator[Finding]:
    """D07: two papers of one list, two results, fees, variants or steps that people cannot tell apart."""
    procedure = subject.procedure
    yield from _same([(("documents",), list(procedure.documents))], _PAPERS)
    for path, item in placed_documents(procedure.documents):
        if isinstance(item, Group):
            yield from _same([((*path, "items"), list(item.items))], _PAPERS)
    named: tuple[tuple[str, Words, list[tuple[str, str]]], ...] = (
        ("results", _RESULTS, [(one.key, one.title) for one in procedure.results]),
        ("fees", _FEES, [(one.key, one.title) for one in procedure.fees]),
        ("variants", _VARIANTS, [(one.key, one.title) for one in procedure.variants]),
    )
    for name, what, parts in named:
        yield from _doubles([((name, at, "title"), *part) for at, part in enumerate(parts)], what)
    for table in subject.tables:
        lines = [((*placed.path, "title"), placed.step.key, placed.step.title) for placed in table.steps]
        yield from _doubles(lines, _STEPS)


def _same(lists: list[tuple[KeyPath, list[Document | Group]]], what: Words) -> Iterator[Finding]:
    for path, items in lists:
        # Under different conditions the same paper may stand twice; one of them is asked for.
        lines = [
            ((*path, at, "title"), item.key, f"{item.title}\n{item.when.text if item.when else ''}")
            for at, item in enumerate(items)
        ]
        yield from _doubles(lines, what)


def _doubles(lines: list[tuple[KeyPath, str, str]], what: Words) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for path, key, title in lines:
        folded = title.casefold()
        if title.strip() and seen.setdefault(folded, key) != key:
            yield Finding(path, "D07", {"what": what})


def same_procedure_titles(library: Library) -> Iterator[Finding]:
    """D07 between procedures: two of different keys with one title."""
    seen: dict[str, str] = {}
    for one in library.procedures:
        if one.title.strip() and seen.setdefault(one.title.casefold(), one.name) != one.name:
            yield Finding(("title",), "D07", {"what": _PROCEDURES}, document=f"procedures/{one.stem}")
