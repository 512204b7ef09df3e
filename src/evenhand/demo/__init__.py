"""The demonstration landlord."""
