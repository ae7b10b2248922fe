"""Whole stories: several people, several stages, one review."""
