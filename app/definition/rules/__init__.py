"""The rules: one function each, reading a compiled procedure (or the whole library) and yielding findings."""

from app.definition.rules.subject import Finding, FolderRule, Library, Rule, Subject

# Rules about one procedure, run for every procedure of the library.
RULES: tuple[Rule, ...] = ()
# Rules about the shared files and about procedures together, run once.
FOLDER_RULES: tuple[FolderRule, ...] = ()

__all__ = ["FOLDER_RULES", "RULES", "Finding", "FolderRule", "Library", "Rule", "Subject"]
