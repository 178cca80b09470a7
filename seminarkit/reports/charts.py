"""The charts that report notebooks call: ``from seminarkit import charts``."""

from seminarkit.topics.conclusions.coverage import coverage
from seminarkit.topics.countries.country_charts import numbers, states, steps

__all__ = ["coverage", "numbers", "states", "steps"]
