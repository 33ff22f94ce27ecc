"""flask translations: collect the texts, bring the catalogues up to date, check and compile them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from app.cli import catalogues
from app.cli.catalogue_check import check as findings_of
from app.definition.labels import DOMAIN as PROCEDURES

MESSAGES = "messages"


@click.group()
def translations() -> None:
    """Texts in other languages: collect, update, check, compile."""


@translations.command()
@with_appcontext
def extract() -> None:
    """Write the templates (.pot) from code, frameworks and definitions."""
    frameworks = catalogues.framework_messages()
    templates = {
        "framework": frameworks,
        MESSAGES: catalogues.together(catalogues.our_messages(), frameworks),
        PROCEDURES: catalogues.definition_messages(_definitions(Path(current_app.config["CONFIG_FOLDER"]))),
    }
    for name, template in templates.items():
        changed = catalogues.write(catalogues.FOLDER / f"{name}.pot", template)
        click.echo(f"{name}.pot: {len(template)} texts{'' if changed else ', unchanged'}")


def _definitions(folder: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The organisation and every procedure that can be read, expanded."""
    from app.definition.check import check_config
    from app.definition.source import read_tree

    checked = check_config(read_tree(folder).files)
    yield "organisation", checked.organisation_document
    for key, procedure in sorted(checked.procedures.items()):
        yield key, procedure.expanded


@translations.command()
def update() -> None:
    """Bring the catalogues of all languages up to date with the templates."""
    for locale in catalogues.LOCALES:
        _update(locale, MESSAGES)
        if locale != "vi":  # the definitions are Vietnamese already
            _update(locale, PROCEDURES)


def _update(locale: str, domain: str) -> None:
    file = catalogues.catalogue_file(catalogues.FOLDER, locale, domain)
    template = catalogues.read(catalogues.FOLDER / f"{domain}.pot")
    as_source = locale if domain == MESSAGES else ""  # key paths are no English, they never fill themselves
    catalog = catalogues.brought_up_to_date(catalogues.read(file, locale), template, as_source)
    if domain == PROCEDURES:
        catalogues.fill_from_same_source(catalog)
    catalogues.write(file, catalog)
    empty = sum(1 for message in catalogues.messages(catalog) if not catalogues.is_filled(message))
    click.echo(f"{locale}/{domain}.po: {len(catalog)} texts, {empty} without translation")


@translations.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--locale", default="vi", type=click.Choice(catalogues.LOCALES), show_default=True)
@click.option("--domain", default=MESSAGES, type=click.Choice([MESSAGES, PROCEDURES]), show_default=True)
def take(files: tuple[Path, ...], locale: str, domain: str) -> None:
    """Fill empty places from FILES (.po) made elsewhere; nothing that is there is replaced."""
    own = catalogues.catalogue_file(catalogues.FOLDER, locale, domain)
    catalog = catalogues.read(own, locale)
    for file in files:
        click.echo(f"{file}: {catalogues.fill_from(catalog, catalogues.read(file, locale))} texts taken")
    catalogues.write(own, catalog)


@translations.command("check")
def check_command() -> None:
    """List what is missing or wrong; exit code 1 if anything is."""
    findings = findings_of(catalogues.ROOT)
    for finding in findings:
        click.echo(str(finding))
    click.echo(f"{len(findings)} to mend")
    if findings:
        raise SystemExit(1)


@translations.command("compile")
def compile_command() -> None:
    """Write the compiled catalogues (.mo) that the program reads."""
    for name, amount in catalogues.compile_all(catalogues.FOLDER).items():
        click.echo(f"{name}: {amount} texts")
