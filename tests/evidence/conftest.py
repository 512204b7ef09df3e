"""Every test here may sit down at the desk, and keeps its files in a folder of its own."""

from tests.desk import desk
from tests.evidence.making import evidence_folder

__all__ = ["desk", "evidence_folder"]
