"""The gates of this app: what is missing before a step, who must act, and where to cure it."""
