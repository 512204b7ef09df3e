"""What the better pages of some steps show beside their form: data only, no rules."""
