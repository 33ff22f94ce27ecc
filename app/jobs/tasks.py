"""The tasks: each is a few lines that call an operation; the tables hold the truth, a lost message is made again."""

from datetime import datetime
from zoneinfo import ZoneInfo

from app.jobs.celery_app import celery
from app.operations.export_chain_heads import export_chain_heads
from app.operations.open_periods import open_periods
from app.operations.rebuild_dossiers import follow_organisation
from app.operations.sweep_timers import sweep_timers
from app.operations.tidy_up import tidy_up

MOST_IN_ONE_GO = 200


@celery.task(name="sweep", ignore_result=True)
def sweep() -> None:
    """Let time pass for every dossier whose moment has come."""
    sweep_timers(_now(), MOST_IN_ONE_GO)


@celery.task(name="follow", ignore_result=True)
def follow() -> None:
    """After another organisation was published: who may see a dossier follows it, some dossiers at a time."""
    while follow_organisation(_now(), MOST_IN_ONE_GO):
        pass


@celery.task(name="night", ignore_result=True)
def night() -> None:
    """Once a night: the ends of journals leave the database, new periods are opened, what nobody needs is let go."""
    now = _now()
    export_chain_heads(now.date())
    tidy_up(now)
    open_periods(now)


def _now() -> datetime:
    """Office time, to the second."""
    return datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).replace(tzinfo=None, microsecond=0)
