"""Names of controls in an HTML form: f.<field>, f.<field>.<part>, f.<table>.<row>.<column>."""

PREFIX = "f"
ROW_LIST = "_row"
KEPT_FILE = "_kept"
NEW_ROW = "new"

PARTS: dict[str, tuple[str, ...]] = {
    "address": ("commune", "line"),
    "party": ("kind", "name", "id", "address"),
    "parcel": ("sheet", "number"),
    "coordinate": ("zone", "x", "y"),
}


def control(*parts: str) -> str:
    """The name of a control."""
    return ".".join((PREFIX, *parts))
