"""Settings, read once from the environment (or from .env beside this file); .env.example explains every name."""

from os import environ
from pathlib import Path

from dotenv import load_dotenv

ROOT = Path(__file__).resolve().parent
load_dotenv(ROOT / ".env")

ENVIRONMENT = environ.get("ENVIRONMENT", "development")
SECRET_KEY = environ.get("SECRET_KEY", "")
SEAL_KEYS = environ.get("SEAL_KEYS", "")
CELERY_BROKER_URL = environ.get("CELERY_BROKER_URL", "")
RATE_LIMIT_URL = environ.get("RATE_LIMIT_URL", "")
DATA_FOLDER = str(ROOT / environ.get("DATA_FOLDER", "var"))
DATABASE_URL = environ.get("DATABASE_URL") or f"sqlite:///{DATA_FOLDER}/mot-cua.sqlite"
CONFIG_FOLDER = str(ROOT / environ.get("CONFIG_FOLDER", "config"))
PUBLIC_URL = environ.get("PUBLIC_URL", "http://127.0.0.1:8000")
TRUSTED_HOSTS = environ.get("TRUSTED_HOSTS", "127.0.0.1,localhost")
PROXIES = environ.get("PROXIES", "0")
HOST = environ.get("HOST", "127.0.0.1")
PORT = environ.get("PORT", "8000")
WEB_PROCESSES = environ.get("WEB_PROCESSES", "2")
WORKER_PROCESSES = environ.get("WORKER_PROCESSES", "1")
DEFAULT_LOCALE = environ.get("DEFAULT_LOCALE", "vi")
SESSION_HOURS = environ.get("SESSION_HOURS", "12")
SESSION_IDLE_MINUTES = environ.get("SESSION_IDLE_MINUTES", "30")
LOCKOUT_FAILURES = environ.get("LOCKOUT_FAILURES", "5")
LOCKOUT_MINUTES = environ.get("LOCKOUT_MINUTES", "15")
LOGIN_RATE = environ.get("LOGIN_RATE", "30 per minute")
PASSWORD_LENGTH = environ.get("PASSWORD_LENGTH", "10")
UPLOAD_MB = environ.get("UPLOAD_MB", "64")
SWEEP_SECONDS = environ.get("SWEEP_SECONDS", "30")
LOG_LEVEL = environ.get("LOG_LEVEL", "WARNING")
