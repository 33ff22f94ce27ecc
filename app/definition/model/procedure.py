"""A procedure: everything that could happen to a dossier of it, under one version."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as with_default
from datetime import date

from app.definition.expression import Expression
from app.definition.model.choice import Choice
from app.definition.model.documents import Document, Group
from app.definition.model.form import Form, Option
from app.definition.model.money import Fee
from app.definition.model.print_text import Print
from app.definition.model.recurring import Recurs
from app.definition.model.route import Route
from app.definition.model.time import Phase, TimeLimit
from app.definition.model.who import Who

ONE_STOP = "type.one-stop"
APPLICANT_PLACE = "applicant.place"


@dataclass(frozen=True, slots=True)
class Requirement:
    """A condition of the law, with an optional check tested at intake; ``say`` is shown when it fails."""

    text: str
    check: Expression | None = None
    say: str = ""


@dataclass(frozen=True, slots=True)
class Variant:
    """A case of the procedure (trường hợp) that the applicant or reception picks."""

    key: str
    title: str
    when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What comes out; ``refusal`` marks a document that refuses. Without ``register`` it carries no number of ours."""

    key: str
    title: str
    when: Expression | None = None
    refusal: bool = False
    register: str = ""
    given_as: tuple[str, ...] = ("electronic", "paper")
    valid_for: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Applicant:
    """The built-in applicant block: extra parts asked for, wording; ``co_owners``: fewest and most beside them."""

    ask: tuple[str, ...] = ()
    labels: Mapping[str, str] = with_default(default_factory=dict)
    representative: str = "allowed"
    co_owners: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A counter above the list: how many dossiers the condition is true of."""

    title: str
    when: Expression


@dataclass(frozen=True, slots=True)
class ListScreen:
    """Columns, filters and order of the list page; built-ins and field keys. ``sort`` with "-" is newest first."""

    columns: tuple[str, ...]
    filters: tuple[str, ...]
    sort: str = "due"
    header: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A legal text, with the days between which it is in force where known."""

    title: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Announcement:
    """The decision that announced the procedure."""

    number: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Access:
    """Who may see the dossiers beside those whom steps give a right to.

    ``secrecy``: the field whose options other than the first mean secret: then only ``view`` and those who have the
    work see it.
    """

    view: tuple[Who, ...] = ()
    secrecy: str = ""


@dataclass(frozen=True, slots=True)
class Keep:
    """How long a dossier is kept from its end (a duration, or "permanent"), and what follows."""

    time: str = "70 years"
    then: str = "archive"
    basis: str = ""


@dataclass(frozen=True, slots=True)
class OptionList:
    """A shared option list with its columns (key → label), as expressions read it with ``lookup()``."""

    key: str
    title: str
    columns: Mapping[str, str] = with_default(default_factory=dict)
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Procedure:
    """One version of one procedure. ``conduct`` holds the rules of standard conduct with the legal defaults filled in.

    ``intake_at`` names units and ``type.<unit type>``; ``locality`` the place that decides which unit of a type has the
    work. ``number`` counts the published versions of this key from 1 (0: not published). ``digest`` is the hash of the
    expanded document. ``prints`` are those of the office; ``extra_prints`` are made by hand, ``replaced_prints`` says
    which print stands for a standard one.
    """

    key: str
    title: str
    short_title: str
    field: str
    kind: str
    agency: Choice[str]
    authority: Choice[str]
    since: date
    form: Form
    time_limit: TimeLimit
    route: Choice[Route]
    until: date | None = None
    code: str = ""
    local_code: str = ""
    number: int = 0
    digest: str = ""
    levels: tuple[str, ...] = ("province",)
    partners: tuple[str, ...] = ()
    applicants: tuple[str, ...] = ()
    channels: tuple[str, ...] = ("counter",)
    intake_at: Choice[tuple[str, ...]] = with_default(default_factory=lambda: Choice(()))
    non_territorial: bool = False
    locality: str = APPLICANT_PLACE
    legal_basis: tuple[LegalBasis, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    variants: tuple[Variant, ...] = ()
    applicant: Applicant = with_default(default_factory=Applicant)
    documents: tuple[Document | Group, ...] = ()
    sets: int = 1
    phases: tuple[Phase, ...] = ()
    fees: tuple[Fee, ...] = ()
    results: tuple[Result, ...] = ()
    conduct: Mapping[str, Mapping[str, object]] = with_default(default_factory=dict)
    screens: ListScreen = with_default(default_factory=lambda: ListScreen((), ()))
    tests: tuple[Mapping[str, object], ...] = ()
    formerly: tuple[str, ...] = ()
    online: str = "info"
    announced: Announcement | None = None
    keep: Keep = with_default(default_factory=Keep)
    recurs: Recurs | None = None
    access: Access = with_default(default_factory=Access)
    prints: Mapping[str, Print] = with_default(default_factory=dict)
    extra_prints: tuple[str, ...] = ()
    replaced_prints: Mapping[str, str] = with_default(default_factory=dict)
    lists: Mapping[str, OptionList] = with_default(default_factory=dict)

    def intake_places(self, env: Mapping[str, object] | None = None) -> tuple[str, ...]:
        """Where a dossier of this case may be taken in, by default at any one-stop unit and at the agency.

        Unit keys and ``type.<unit type>``. Without a case: wherever some dossier may.
        """
        chosen = self.intake_at.values() if env is None else (self.intake_at.pick(env) or (),)
        places = [place for listed in chosen for place in listed] or [ONE_STOP, *self.agency.values()]
        return tuple(dict.fromkeys((*places, ONE_STOP) if self.non_territorial else places))
