"""What groups said: notes, statements, the recap and the conclusions."""
