"""Questions for the discussion, posted in forms or asked in chats."""
