"""The demonstration: real cities and subjects, invented people and texts, built by the product's own steps."""
