"""Deciding what becomes of reports: which wait, what is known of the person, and where a report can go."""
