"""`flask dossiers`: prove that no dossier was changed behind the platform's back, and build anew what follows."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup

from app.cli.now import office_now
from app.operations.export_chain_heads import export_chain_heads
from app.operations.rebuild_dossiers import rebuild_dossiers
from app.operations.reencrypt import reencrypt
from app.operations.verify_journals import verify_journals
from app.storage.chain_heads import HeadsFault

dossiers = AppGroup("dossiers", help="Verify and rebuild dossiers.")


@dossiers.command("verify")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How faults are printed.")
@click.option(
    "--heads",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An export of the ends of all journals to compare with. Without it the newest in the data folder is taken.",
)
def verify(form: str, heads: Path | None) -> None:
    """Recompute every journal, row and projection; name the first event that was tampered with. Exit code 1 if any."""
    try:
        found = verify_journals(heads)
    except (HeadsFault, OSError) as unusable:
        raise click.ClickException(str(unusable)) from None
    for fault in found.faults:
        if form == "json":
            click.echo(json.dumps(fault._asdict(), ensure_ascii=False))
        else:
            at = f" at event {fault.sequence}" if fault.sequence else f" {fault.place}".rstrip()
            click.echo(f"dossier {fault.dossier_id} ({fault.code or 'no code'}): {fault.kind}{at}")
    compared = f", compared with {found.heads}" if found.heads else ""
    click.echo(f"{found.count} dossiers, {len(found.faults)} at fault{compared}", err=form == "json")
    if found.faults:
        raise SystemExit(1)


@dossiers.command("rebuild")
def rebuild() -> None:
    """Write columns, projected answers and readers anew, from the journals and today's organisation."""
    click.echo(f"{rebuild_dossiers()} dossiers rebuilt")


@dossiers.command("reencrypt")
def reencrypt_() -> None:
    """After a new first key in SEAL_KEYS: write anew what older keys encrypted or marked.

    Exit code 1 if a journal is broken.
    """
    done = reencrypt()
    for broken in done.broken:
        click.echo(f"dossier {broken.dossier_id}: {broken.kind}; it keeps its old marks and needs its old key")
    click.echo(f"{done.values} values and {done.marks} marks written anew, {len(done.broken)} journals left")
    if done.broken:
        raise SystemExit(1)


@dossiers.command("export-heads")
def export_heads() -> None:
    """Write the ends of all journals to the data folder (the night job does it too); copy the file somewhere safe."""
    click.echo(str(export_chain_heads(office_now().date())))
