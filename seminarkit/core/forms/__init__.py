"""Forms as data: their shapes, and the kinds of question."""
