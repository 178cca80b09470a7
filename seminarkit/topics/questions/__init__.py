"""Questions for the discussion: posted in forms, and asked in chats."""
