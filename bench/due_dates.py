"""Due dates a second beside numpy: `bench.workdays` measures and judges, this tells its figures."""

from collections.abc import Iterator

from bench import workdays
from bench.scratch import Offices
from bench.table import Row


def measure(_offices: Offices) -> Iterator[Row]:
    """The rows of this figure."""
    days, hours = workdays.cases()
    right_days = [workdays.walked_days(*one) for one in days]
    right_hours = [workdays.walked_hours(*one) for one in hours]
    peer = workdays.numpy_scalar()
    if peer is None:
        raise RuntimeError("numpy is not installed: pip install -r requirements-bench.txt")
    calendar = workdays.calendar()
    ours = workdays.measure("days", calendar.add_working_days, days, right_days)
    other = workdays.measure("numpy", peer, days, right_days)
    exact = workdays.measure("hours", calendar.add_working_hours, hours, right_hours)
    ratio = ours["median"] / other["median"]
    yield Row(
        "due dates in working days a second",
        _told(ours),
        f"numpy.busday_offset scalar: {_told(other)}",
        ratio,
        f"≥ {workdays.WANTED:g}×, none wrong",
        ratio >= workdays.WANTED and not ours["wrong"],
    )
    yield Row("due times in working hours a second", _told(exact), "", None, "none wrong", not exact["wrong"])


def _told(found: dict[str, object]) -> str:
    return f"{found['median']:,} ({found['wrong']} wrong)"
