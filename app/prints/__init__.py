"""Slips and registers as PDF."""
