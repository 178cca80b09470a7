"""What people talk about and in which room: questions, the chat, discussion groups."""
