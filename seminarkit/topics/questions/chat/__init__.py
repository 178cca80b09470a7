"""Recognise saved chats, and read what was said to everyone."""
