"""Pictures of what reviews hold, drawn by the server."""
