"""How a procedure recurs: the same declaration again, period after period (section 4.6)."""

from dataclasses import dataclass

from app.definition.duration import Duration
from app.definition.expression import Expression

# Spans of time that may recur, the shortest first. Only a field may say week: no law asks everybody every week.
CADENCES = ("week", "month", "quarter", "half_year", "year", "5 years")


@dataclass(frozen=True, slots=True)
class Recurs:
    """``every``: a cadence, or the choice field that says it. ``opens`` and ``closes`` count from the period's end.

    ``open_by``: applicant | system. ``when``: only dossiers of the last period of which this is true are expected.
    """

    every: str
    opens: Duration
    closes: Duration
    open_by: str = "applicant"
    when: Expression | None = None

    @property
    def by_field(self) -> bool:
        """Whether each dossier says itself how often it recurs."""
        return self.every not in CADENCES
