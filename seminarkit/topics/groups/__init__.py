"""Discussion groups: who leads them, and who sits in which."""
