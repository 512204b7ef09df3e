"""Forms for the registers: people, homes and what ties them to each other."""
