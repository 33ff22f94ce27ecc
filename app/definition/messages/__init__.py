"""Every rule of the checker as data: id, gravity, message and cure, in Vietnamese and in English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.definition.messages import documents, forms, keys, organisation, publishing, references, routes, source, times
from app.definition.messages.rule import Rule

_TABLES = (
    source.RULES,
    keys.RULES,
    references.RULES,
    forms.RULES,
    times.RULES,
    routes.RULES,
    documents.RULES,
    publishing.RULES,
    organisation.RULES,
)

RULES: Mapping[str, Rule] = MappingProxyType({rule.id: rule for table in _TABLES for rule in table})
