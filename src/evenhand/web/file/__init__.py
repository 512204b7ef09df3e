"""What a file's page shows: who it is about, what can be done now, what was done, and what is owed."""
