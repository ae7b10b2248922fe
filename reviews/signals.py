"""The one signal by which higher apps hear of a case: sent after commit; it may not veto."""

from django.dispatch import Signal

case_moved = Signal()
"""Sent with `case_id` and `step` (the step's name) after the transaction of a step has been committed."""
