"""The moment in which the tests of these screens play: Monday 2 March 2026, ten o'clock."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY

NOW = MONDAY + timedelta(hours=1)


@pytest.fixture(autouse=True)
def ten_on_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests read the clock in one place; here it stands still."""
    monkeypatch.setattr("app.screens.deadlines.office_now", lambda: NOW)
