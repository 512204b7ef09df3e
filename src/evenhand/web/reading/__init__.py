"""The policy as its readers find it: by clause, by step and role, and compared with another edition."""
