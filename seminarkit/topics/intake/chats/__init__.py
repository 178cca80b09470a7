"""Detect saved chats in received files, so that no private message is stored."""
