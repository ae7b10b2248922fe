"""Writes: one public function is one use case."""
