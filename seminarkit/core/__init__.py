"""What every topic of the kit stands on: the package's own hash, and solving integer programmes."""
