"""The inbox: what must I do next, and how much working time is left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, request
from flask_appbuilder import IndexView, expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.engine.world import Refusal
from app.operations.claim_visit import claim_visit
from app.screens.arguments import address, choice_argument, cursor_argument, text_argument
from app.screens.deadlines import Deadlines, deadlines
from app.screens.inbox_lines import lines_of, ticked
from app.screens.permissions import fields_with
from app.screens.refusals import Names, refusal_text
from app.screens.titles import procedure_title
from app.screens.today import notice_of
from app.storage.inbox import WorkCounts, WorkFilter, work_choices, work_counts, work_page
from app.storage.people import names_of

SCOPES: Mapping[str, Any] = {
    "mine": _l("My work"),
    "unit": _l("Work of my division"),
    "consulted": _l("My opinion is asked"),
}

# key → icon and words
QUEUES: Mapping[str, tuple[str, Any]] = {
    "late": ("late", _l("Overdue")),
    "soon": ("soon", _l("Due soon")),
    "ok": ("clock", _l("In time")),
    "pause": ("pause", _l("Paused")),
    "new": ("inbox", _l("To be claimed")),
    "": ("list", _l("All")),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A tab or a queue: its words, its count, its address."""

    key: str
    icon: str
    title: str
    count: int
    url: str


class InboxView(IndexView):
    """The first page, and taking work from it."""

    index_template = "mc/inbox.html"

    @expose("/")
    def index(self) -> Any:
        """Counts, tabs, filters and one page of open work, least time left on top."""
        when = deadlines()
        wanted = _wanted()
        counts = work_counts(g.person, wanted, when.now, when.soon_until)
        if not wanted.scope:
            wanted = wanted._replace(scope=next((scope for scope in SCOPES if counts.scopes.get(scope)), "mine"))
            counts = work_counts(g.person, wanted, when.now, when.soon_until)
        after, before = cursor_argument("after"), cursor_argument("before")
        page = work_page(g.person, wanted, when.now, when.soon_until, after, before)
        lines = list(lines_of(page.rows, when))
        procedures, steps = work_choices(g.person, wanted.scope)
        return self.render_template(
            self.index_template,
            wanted=wanted,
            counts=counts,
            tabs=_tabs(wanted, counts),
            queues=_queues(wanted, counts),
            lines=lines,
            free=sum(line.is_free for line in lines),
            procedures=procedures,
            steps=steps,
            title_of=procedure_title,
            previous=_link(wanted, before=page.previous) if page.previous else "",
            next=_link(wanted, after=page.next) if page.next else "",
            is_filtered=bool(wanted.words or wanted.procedure or wanted.step or wanted.queue),
            unfiltered=_link(WorkFilter(scope=wanted.scope)),
            unclaimed=0 if lines else _unclaimed(when),
            see_unclaimed=_link(WorkFilter(scope="unit", queue="new")),
            now=when.now,
            notice=notice_of(when),
            may_receive=bool(fields_with("can_receive")),
        )

    @expose("/inbox/claim", methods=["POST"])
    def claim(self) -> Any:
        """Take the ticked work, each on its own: some may be gone, and then it says which and why."""
        now = deadlines().now
        answers = [
            claim_visit(dossier_id, visit, g.person, now)
            for dossier_id, visit in ticked(request.form.getlist("one") or request.form.getlist("work"))
        ]
        refused = [answer for answer in answers if isinstance(answer, Refusal)]
        taken = len(answers) - len(refused)
        if taken:
            flash(ngettext("You have taken %(num)s dossier.", "You have taken %(num)s dossiers.", taken), "done")
        if not answers:
            flash(_("Tick the dossiers you want to take first."), "warning")
        for why, amount in _reasons(refused).items():
            text = ngettext("%(num)s dossier was not taken.", "%(num)s dossiers were not taken.", amount)
            flash(f"{text} {why}", "warning")
        return redirect(address("InboxView.index", **_kept(request.form)))


def _wanted() -> WorkFilter:
    """What the address asks for; unknown words ask for nothing."""
    return WorkFilter(
        scope=choice_argument("scope", SCOPES),
        queue=choice_argument("queue", QUEUES),
        words=text_argument("q"),
        procedure=choice_argument("procedure", g.catalogue.entries),
        step=text_argument("step", 60),
    )


def _unclaimed(when: Deadlines) -> int:
    """How much of the division's work nobody has taken: the way on for whoever has nothing left."""
    return work_counts(g.person, WorkFilter(scope="unit"), when.now, when.soon_until).queues["new"]


def _tabs(wanted: WorkFilter, counts: WorkCounts) -> list[Choice]:
    return [
        Choice(key, "", str(title), counts.scopes.get(key, 0), _link(wanted, scope=key, queue=""))
        for key, title in SCOPES.items()
    ]


def _queues(wanted: WorkFilter, counts: WorkCounts) -> list[Choice]:
    return [
        Choice(key, icon, str(title), counts.queues.get(key or "all", 0), _link(wanted, queue=key))
        for key, (icon, title) in QUEUES.items()
    ]


def _link(wanted: WorkFilter, *, after: str = "", before: str = "", **changes: str) -> str:
    """The inbox with something else asked for; a new question begins on the first page."""
    asked = wanted._replace(**changes)
    place = {"after": after, "before": before}
    return address(
        "InboxView.index",
        scope=asked.scope,
        queue=asked.queue,
        q=asked.words,
        procedure=asked.procedure,
        step=asked.step,
        **place,
    )


def _reasons(refused: Iterable[Refusal]) -> dict[str, int]:
    """Each reason once, with how many dossiers it holds for."""
    refused = list(refused)
    people = names_of(
        {str(one.params[name]) for one in refused for name in ("holder", "user", "by") if one.params.get(name)}
    )
    names = Names(organisation=g.catalogue.organisation, people=people)
    found: dict[str, int] = {}
    for one in refused:
        text = refusal_text(one, names)
        found[text] = found.get(text, 0) + 1
    return found


def _kept(form: Mapping[str, str]) -> dict[str, str]:
    """The question that the page showed, to come back to it."""
    names = ("scope", "queue", "q", "procedure", "step")
    return {name: form[name][:100] for name in names if form.get(name)}
