"""What every topic stands on: documents first; the other foundations follow."""
