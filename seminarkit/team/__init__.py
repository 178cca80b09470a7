"""Several people write to one seminar: whose log is whose, in which order lines count, merging."""
