"""Pages and answers."""
