"""Filters of the visit."""
