"""What every topic stands on: documents, and what tells that the package changed."""
