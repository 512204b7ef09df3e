"""Every test here may sit down at the desk."""

from tests.desk import desk

__all__ = ["desk"]
