"""Dossier components: papers to be handed in, and groups of them (section 9)."""

from dataclasses import dataclass

from app.definition.expression import Expression


@dataclass(frozen=True, slots=True)
class Document:
    """One paper with its counts, asked for when ``when`` is true and demanded when required (or ``required_when``).

    ``accepts``: forms of which any will do, ``count`` of them together (beside the separate counts). ``phase``: the
    phase at whose intake it is asked for ("": the first). ``due_at``: intake | return.
    """

    key: str
    title: str
    form: str = ""
    form_code: str = ""
    originals: int = 0
    certified_copies: int = 0
    copies: int = 0
    scans: int = 0
    required: bool = True
    required_when: Expression | None = None
    when: Expression | None = None
    presented: bool = False
    returned: bool = False
    digitise: bool = True
    replaced_by: str = ""
    accepts: tuple[str, ...] = ()
    count: int = 1
    phase: str = ""
    due_at: str = "intake"
    code: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Papers of one case. ``of``: all of them, exactly one kind, or any (at least one kind). Groups nest two deep."""

    key: str
    title: str
    items: tuple["Document | Group", ...]
    of: str = "all"
    when: Expression | None = None
    phase: str = ""
