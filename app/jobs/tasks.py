"""The tasks: each is a few lines that call an operation; the tables hold the truth, a lost message is made again."""

from datetime import datetime
from zoneinfo import ZoneInfo

from app.jobs.celery_app import celery
from app.operations.sweep_timers import sweep_timers

MOST_IN_ONE_GO = 200


@celery.task(name="sweep", ignore_result=True)
def sweep() -> None:
    """Let time pass for every dossier whose moment has come."""
    now = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).replace(tzinfo=None, microsecond=0)
    sweep_timers(now, MOST_IN_ONE_GO)
