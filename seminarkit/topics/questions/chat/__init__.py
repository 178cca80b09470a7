"""Saved chats: told from other text, and read without what was private."""
