"""What must be handed in for this case, and what of it is still missing (section 9)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from app.definition.model.documents import Document, Group
from app.definition.model.procedure import Procedure
from app.engine.answer_error import AnswerError, invalid
from app.engine.state import State

Env = Mapping[str, object]
COUNTS = ("originals", "certified_copies", "compared_copies", "copies", "scans")
# The forms of `accepts`, as they are counted.
COUNTED_AS = {
    "original": "originals",
    "certified_copy": "certified_copies",
    "compared_copy": "compared_copies",
    "copy": "copies",
    "scan": "scans",
}
INTAKE, RETURN = "intake", "return"
ENTRY_KEYS = frozenset((*COUNTS, "presented", "files", "source", "note"))
MOST_COPIES = 999


class Needed(NamedTuple):
    """Papers that must come: all of ``documents``, or with ``of`` one or any of them (``key`` is then the group's)."""

    key: str
    title: str
    of: str
    documents: tuple[Document, ...]


def listed(procedure: Procedure, env: Env) -> tuple[Document, ...]:
    """Every paper of this case, wanted or not, for the checklist."""
    return tuple(paper for item in procedure.documents for paper in _papers(item, env))


def _papers(item: Document | Group, env: Env) -> Iterator[Document]:
    if item.when is not None and item.when.evaluate(env) is not True:
        return
    if isinstance(item, Document):
        yield item
        return
    for inner in item.items:
        yield from _papers(inner, env)


def needed(procedure: Procedure, env: Env, phase: str = "") -> tuple[Needed, ...]:
    """What must be handed in at the intake of a phase ("": the first); groups of which one is enough count as one."""
    first = procedure.phases[0].key if procedure.phases else ""
    asked = frozenset(("", first)) if phase in ("", first) else frozenset((phase,))
    return _all_wanted(procedure, env, lambda paper: paper.due_at == INTAKE and paper.phase in asked)


def needed_at_return(procedure: Procedure, env: Env) -> tuple[Needed, ...]:
    """What must be handed in when the result is handed out."""
    return _all_wanted(procedure, env, lambda paper: paper.due_at == RETURN)


def _all_wanted(procedure: Procedure, env: Env, is_now: Callable[[Document], bool]) -> tuple[Needed, ...]:
    return tuple(want for item in procedure.documents for want in _wanted(item, env, is_now))


def _wanted(item: Document | Group, env: Env, is_now: Callable[[Document], bool]) -> Iterator[Needed]:
    if item.when is not None and item.when.evaluate(env) is not True:
        return
    if isinstance(item, Document):
        if is_now(item) and is_required(item, env):
            yield Needed(item.key, item.title, "all", (item,))
        return
    if item.of == "all":
        for inner in item.items:
            yield from _wanted(inner, env, is_now)
        return
    papers = tuple(paper for inner in item.items for paper in _papers(inner, env) if is_now(paper))
    if papers and any(paper.required for paper in papers):
        yield Needed(item.key, item.title, item.of, papers)


def is_required(paper: Document, env: Env) -> bool:
    """Whether a paper of this case is demanded."""
    if paper.required_when is not None:
        return paper.required_when.evaluate(env) is True
    return paper.required


def missing(procedure: Procedure, state: State, env: Env, phase: str = "") -> tuple[str, ...]:
    """The keys of what has not come yet at the intake of a phase: papers, or the group of which one would do."""
    return lacking(needed(procedure, env, phase), state)


def lacking(wanted: Iterable[Needed], state: State) -> tuple[str, ...]:
    """The keys of those that have not come yet."""
    online = state.channel == "online"
    return tuple(want.key for want in wanted if not _has_come(want, state.documents, online))


def _has_come(want: Needed, documents: Mapping[str, Any], online: bool) -> bool:
    return any(has_come(paper, documents.get(paper.key), online) for paper in want.documents)


def has_come(paper: Document, entry: Mapping[str, Any] | None, online: bool) -> bool:
    """Found by look-up, uploaded, shown, or handed in as often as asked; a form filled online counts by itself."""
    if entry is None:
        return online and bool(paper.form)
    if entry.get("source") or entry.get("files"):
        return True
    if paper.presented and not any(counts(paper).values()):
        return bool(entry.get("presented"))
    if paper.accepts and sum(int(entry.get(COUNTED_AS[form], 0)) for form in paper.accepts) < paper.count:
        return False
    return all(int(entry.get(name, 0)) >= count for name, count in _separate(paper).items())


def counts(paper: Document) -> dict[str, int]:
    """The counts asked for; one copy where the definition names none (and the paper is not only shown).

    Where several forms will do, the first of them stands for all.
    """
    asked = _separate(paper)
    if paper.accepts:
        first = COUNTED_AS[paper.accepts[0]]
        asked[first] = asked.get(first, 0) + paper.count
    return asked or ({} if paper.presented else {"copies": 1})


def _separate(paper: Document) -> dict[str, int]:
    return {name: count for name in COUNTS if (count := getattr(paper, name, 0))}


def known_papers(procedure: Procedure) -> dict[str, Document]:
    """Every paper of the procedure by its key, whatever the case."""
    found: dict[str, Document] = {}
    items = list(procedure.documents)
    while items:
        item = items.pop()
        if isinstance(item, Document):
            found[item.key] = item
        else:
            items.extend(item.items)
    return found


def read_entry(paper: Document, raw: object) -> dict[str, Any] | AnswerError:
    """One line of the checklist as it is stored: True means everything that was asked for."""
    if raw is True:
        entry: dict[str, Any] = dict(counts(paper))
        return {**entry, "presented": True} if paper.presented else entry
    if not isinstance(raw, Mapping) or set(raw) - ENTRY_KEYS:
        return invalid(paper.key, "bad_parts", parts=sorted(ENTRY_KEYS))
    for name in COUNTS:
        count = raw.get(name, 0)
        if type(count) is not int or not 0 <= count <= MOST_COPIES:
            return invalid(paper.key, "out_of_range", part=name, most=MOST_COPIES)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in raw.items() if value}
