"""The Celery application: a file transport when embedded, Redis or RabbitMQ in production; JSON only."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from celery import Celery, Task
from celery.schedules import crontab
from celery.signals import beat_init, celeryd_init
from flask import Flask

celery = Celery("mot_cua", include=["app.jobs.tasks"])


def celery_of(app: Flask) -> Celery:
    """The handle with this application's settings, running every task inside it."""

    class InsideApplication(Task):
        """A task with the application context, so that it can use the database handle."""

        abstract = True

        def __call__(self, *args: Any, **kwargs: Any) -> Any:
            with app.app_context():
                return self.run(*args, **kwargs)

    celery.Task = InsideApplication
    celery.conf.update(celery_settings(app.config))

    def prepare(**_facts: Any) -> None:
        make_folders(app.config)

    for beginning in (celeryd_init, beat_init):
        beginning.connect(prepare, weak=False)
    return celery


def celery_settings(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Celery's configuration from our settings (``config.py`` names)."""
    broker = settings["CELERY_BROKER_URL"]
    return {
        "broker_url": broker or "filesystem://",
        "broker_transport_options": {} if broker else file_transport(broker_folder(settings)),
        "broker_connection_retry_on_startup": True,
        "task_serializer": "json",
        "accept_content": ["json"],
        "task_ignore_result": True,
        "task_acks_late": True,
        "task_default_queue": "mot-cua",
        "task_time_limit": 300,
        "worker_hijack_root_logger": False,
        "worker_prefetch_multiplier": 1,
        "worker_lost_wait": 1,
        "timezone": "Asia/Ho_Chi_Minh",
        "beat_schedule": {
            "sweep": {"task": "sweep", "schedule": float(settings["SWEEP_SECONDS"])},
            "follow": {"task": "follow", "schedule": float(settings["SWEEP_SECONDS"])},
            "night": {"task": "night", "schedule": crontab(hour=2, minute=15)},
        },
    }


def broker_folder(settings: Mapping[str, Any]) -> Path:
    """Where the messages of the embedded installation lie."""
    return Path(settings["DATA_FOLDER"]) / "broker"


def make_folders(settings: Mapping[str, Any]) -> None:
    """The data folder, closed to other users, and the folders of the file transport."""
    Path(settings["DATA_FOLDER"]).mkdir(mode=0o750, parents=True, exist_ok=True)
    for name in ("messages", "control"):
        (broker_folder(settings) / name).mkdir(mode=0o750, parents=True, exist_ok=True)


def file_transport(folder: Path) -> dict[str, str | bool]:
    """Options of the file transport: in and out are one folder, so that worker and sender meet."""
    messages = str(folder / "messages")
    return {
        "data_folder_in": messages,
        "data_folder_out": messages,
        "control_folder": str(folder / "control"),
        "store_processed": False,
    }
