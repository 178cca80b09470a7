"""Looks for saved chats in whatever came, so that no private line is kept."""
