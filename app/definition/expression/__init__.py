"""The expression language: read, typed, evaluated, told in Vietnamese and handed to the browser (language section 5).

scope = Scope({"area": Name(NUMBER, "Diện tích", measure="ha"), "resurvey": Name(FLAG, "Đo đạc lại thửa đất")})
expression = parse_expression("resurvey and area > 100", scope, FLAG)
expression.holds({"resurvey": True, "area": 120})
"""

from app.definition.expression.browser import to_json
from app.definition.expression.canonical import tree_text
from app.definition.expression.expression import Expression, ExpressionProblem, constant, parse_expression
from app.definition.expression.field_types import field_type
from app.definition.expression.functions import FUNCTIONS
from app.definition.expression.missing import MISSING
from app.definition.expression.prose import to_vietnamese
from app.definition.expression.reserved import GRAMMAR_WORDS, RESERVED_NAMES, is_reserved
from app.definition.expression.scope import Scope
from app.definition.expression.types import (
    DATE,
    DURATION,
    FLAG,
    MOMENT,
    MONEY,
    NUMBER,
    OBJECT,
    PERCENT,
    TEXT,
    UNIT,
    USER,
    Name,
    Type,
    calendar,
    listed,
    money,
    option,
    rows,
)
from app.definition.text_problem import Words

__all__ = [
    "DATE",
    "DURATION",
    "FLAG",
    "FUNCTIONS",
    "GRAMMAR_WORDS",
    "MISSING",
    "MOMENT",
    "MONEY",
    "NUMBER",
    "OBJECT",
    "PERCENT",
    "RESERVED_NAMES",
    "TEXT",
    "UNIT",
    "USER",
    "Expression",
    "ExpressionProblem",
    "Name",
    "Scope",
    "Type",
    "Words",
    "calendar",
    "constant",
    "field_type",
    "is_reserved",
    "listed",
    "money",
    "option",
    "parse_expression",
    "rows",
    "to_json",
    "to_text",
    "to_vietnamese",
]


def to_text(expression: Expression) -> str:
    """The canonical spelling, which reads back to the same tree."""
    return tree_text(expression.tree)
