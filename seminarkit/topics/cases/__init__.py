"""Case studies: what their presenters say of them."""
