"""Screens of procedures: one registered family of addresses, one unregistered Flask-AppBuilder view per version."""
