"""Pure language helpers: search key, sort order, dates, numbers, money. Standard library only."""
