"""Names that no field may have (rule F03): the words of the grammar and the built-in names."""

# Words the grammar itself reads; after a dot (`table.in`) and as columns they are still possible (ruling 17).
GRAMMAR_WORDS = frozenset({"and", "or", "not", "in", "is", "missing", "if", "else", "true", "false"})

# The first parts of the names of section 5.2; `batch.<field>` and `applicant.<part>` are dotted.
BUILT_IN_NAMES = frozenset(
    {
        "applicant",
        "representative",
        "channel",
        "level",
        "variant",
        "period",
        "batch",
        "received",
        "accepted",
        "today",
        "now",
        "due",
        "agency",
        "authority",
        "unit",
        "status",
        "step",
        "holder",
        "finished",
        "dossier",
    }
)

RESERVED_NAMES = GRAMMAR_WORDS | BUILT_IN_NAMES


def is_reserved(name: str, *, column: bool = False) -> bool:
    """Columns live behind their table's name, so they may be called anything."""
    return not column and name in RESERVED_NAMES
