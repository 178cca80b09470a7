"""Read filled Word forms: package, document model, answers."""
