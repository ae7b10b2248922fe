"""docs/workflow.md says what the code does."""

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from reviews.permissions import Ability
from reviews.steps import all_rules
from reviews.timeline import TIMELINE
from reviews.workflow_text import workflow_text


def test_page_is_up_to_date() -> None:
    call_command("workflow_docs", "--check")


def test_page_names_every_step_ability_and_deadline() -> None:
    page = (settings.BASE_DIR / "docs" / "workflow.md").read_text()
    missing = [rule.name for rule in all_rules() if f"(`{rule.name}`)" not in page]
    missing += [ability.value for ability in Ability if f"| `{ability}` |" not in page]
    missing += [planned.kind.label for planned in TIMELINE if f"| {planned.kind.label} |" not in page]
    assert missing == []


def test_old_page_is_noticed(settings: object, tmp_path: object) -> None:
    settings.BASE_DIR = tmp_path  # type: ignore[attr-defined]
    (tmp_path / "docs").mkdir()  # type: ignore[operator]
    with pytest.raises(CommandError, match="out of date"):
        call_command("workflow_docs", "--check")
    call_command("workflow_docs")
    assert (tmp_path / "docs" / "workflow.md").read_text() == workflow_text()  # type: ignore[operator]
    call_command("workflow_docs", "--check")
