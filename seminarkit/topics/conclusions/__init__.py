"""The groups' notes, their statements, the recap and the conclusions."""
