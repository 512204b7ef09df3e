"""Uploads on their way into the record."""
