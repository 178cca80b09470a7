"""Read filled forms in OpenDocument text (.odt, .fodt)."""
