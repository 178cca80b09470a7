"""The charts that report notebooks call: ``from seminarkit import charts``."""

from seminarkit.report.country_charts import numbers, states, steps
from seminarkit.report.coverage import coverage

__all__ = ["coverage", "numbers", "states", "steps"]
