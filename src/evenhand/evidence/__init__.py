"""Evidence files: sealed originals, shared copies, and the checks between them."""
