"""Moments, events and one limit of May 2025 (the 12th is a Monday), written shortly."""

from datetime import datetime
from typing import Any

from app.engine.clock import ClockEvent, Limit

FIVE_DAYS = Limit.of(5, "working_day")


def on(text: str) -> datetime:
    """`14 10:20` in May 2025, or `06-02 10:20`."""
    return datetime.fromisoformat(f"2025-{text if text[2] == '-' else '05-' + text}".replace(" ", "T"))


def event(type_: str, at: str, **details: Any) -> ClockEvent:
    return ClockEvent(type_, on(at), **details)


RECEIVED = event("received", "12 09:00")
