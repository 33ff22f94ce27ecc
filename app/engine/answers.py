"""Answers of a form: reading, keeping and checking them, and what a step shows and demands (sections 6 and 7)."""

from app.engine.answer_checks import check_answer, in_force, is_demanded, is_shown
from app.engine.answer_error import AnswerError, invalid
from app.engine.answer_rows import store_rows
from app.engine.answer_values import ROW_KEY, load_value, store_value
from app.engine.form_view import FieldView, FormView, form_view

__all__ = [
    "ROW_KEY",
    "AnswerError",
    "FieldView",
    "FormView",
    "check_answer",
    "form_view",
    "in_force",
    "invalid",
    "is_demanded",
    "is_shown",
    "load_value",
    "store_rows",
    "store_value",
]
