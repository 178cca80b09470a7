"""Questions to sessions and case studies."""
