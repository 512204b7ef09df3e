"""The way to SQLite: Django's own, with one thing done once that it does each time."""
