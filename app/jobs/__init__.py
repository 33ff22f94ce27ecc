"""Celery application and its tasks; each task is a few lines that call an operation."""
