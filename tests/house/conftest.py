"""Fixtures of this house."""

from tests.house.visitors import visitor  # noqa: F401 - a fixture
