"""Question sets as files: TOML that people can write by hand. The format: docs/question-sets.md."""
