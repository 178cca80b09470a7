"""What groups said: the recap and the conclusions."""
