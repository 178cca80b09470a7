"""Case studies, as their presenters describe them."""
