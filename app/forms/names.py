"""Names of controls in an HTML form: f.<field>, f.<field>.<part>, f.<table>.<row>.<column>."""

from app.engine.answer_parts import PARTS

__all__ = ["KEPT_FILE", "NEW_ROW", "PARTS", "PREFIX", "ROW_LIST", "control"]

PREFIX = "f"
ROW_LIST = "_row"
KEPT_FILE = "_kept"
NEW_ROW = "new"


def control(*parts: str) -> str:
    """The name of a control."""
    return ".".join((PREFIX, *parts))
