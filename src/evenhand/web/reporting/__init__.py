"""Reporting an incident: what is asked page by page, what is kept meanwhile, and how it is sent."""
