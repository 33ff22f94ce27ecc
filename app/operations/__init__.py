"""Verbs that change data: one file, one transaction each. Every door calls them."""
