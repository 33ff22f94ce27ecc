"""`flask procedures rules [ID]`: what a rule means, what to do, a bad and a good passage; or the pages of all rules."""

from pathlib import Path

import click

from app.definition.messages import RULES
from app.definition.rule_pages import FORMATS, LOCALES, entry, page
from app.vietnamese.spelling import nearest

UNUSABLE = 2


@click.command("rules")
@click.argument("rule_id", required=False, metavar="[ID]")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="How it is printed.")
@click.option("--lang", "--locale", "locale", type=click.Choice(LOCALES), default="vi", help="The language.")
@click.option("--write", type=click.Path(path_type=Path), help="Write the pages of all rules into this folder.")
def rules(rule_id: str | None, form: str, locale: str, write: Path | None) -> None:
    """Explain the rule ID, or all rules."""
    if write is not None:
        write.mkdir(parents=True, exist_ok=True)
        for language in LOCALES:
            (write / f"{language}.md").write_text(page("markdown", language), encoding="utf-8")
        return
    if rule_id is None:
        click.echo(page(form, locale), nl=False)
        return
    known = rule_id.strip().upper()
    if known not in RULES:
        near = ", ".join(nearest(known, list(RULES)))
        click.echo(f"Không có quy tắc {rule_id[:20]!r}. Gần giống: {near or 'Y01, S01, K01'}.", err=True)
        raise SystemExit(UNUSABLE)
    click.echo(entry(known, form, locale))
