"""The days themselves: programme, rooms and duties."""
