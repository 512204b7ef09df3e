"""Sign-in: who an account belongs to, what it may see today, and how it proves itself."""
