"""The privacy officer's report: one Dutch page of a run, to be read without a network."""

from signaal.validation.report.archive import read_latest, write
from signaal.validation.report.render import render

__all__ = ["read_latest", "render", "write"]
