"""On how many independent sources a finding rests."""

from typing import Any

import pytest

from tests import factories
from tests.cast import Cast
from visits.enums import NoteKind, SourceGroup
from visits.queries.notes import Sources, notes_visible_to, sources_of


def test_three_notes_of_one_talk_are_one_source(cast: Cast) -> None:
    visit = factories.make_visit(cast.case)
    slot = factories.make_slot(visit)
    notes = [
        factories.make_note(visit, person, slot=slot, source_group=SourceGroup.FAMILIES)
        for person in (cast.lead, cast.friend, cast.rapporteur)
    ]
    finding = factories.make_finding(cast.case, notes=notes)

    found = sources_of([finding])[finding.pk]

    assert found == Sources(interviews=1, groups=("Parents and families",), notes=3)
    assert found.is_single_source
    assert found.words == "1 interview"


def test_every_kind_of_source_counts_by_itself(cast: Cast) -> None:
    visit = factories.make_visit(cast.case)
    site = factories.make_site(visit)
    one, other = factories.make_slot(visit, site=site), factories.make_slot(visit, "11:00", "12:00")
    given: list[dict[str, Any]] = [
        {"slot": one, "kind": NoteKind.HEARD, "source_group": SourceGroup.MANAGERS},
        {"slot": other, "kind": NoteKind.QUOTE, "source_group": SourceGroup.FAMILIES},
        {"slot": one, "site": site, "kind": NoteKind.SEEN},
        {"slot": other, "site": site, "kind": NoteKind.SEEN},
        {"kind": NoteKind.READ},
        {"kind": NoteKind.READ},
        {"kind": NoteKind.NUMBER},
        {"slot": one, "kind": NoteKind.QUESTION},
        {"slot": one, "kind": NoteKind.IDEA},
    ]
    notes = [factories.make_note(visit, cast.friend, **fields) for fields in given]
    finding = factories.make_finding(cast.case, notes=notes)

    found = sources_of([finding])[finding.pk]

    assert found == Sources(2, 1, 2, 1, ("Managers", "Parents and families"), 9)
    assert not found.is_single_source
    assert found.words == "2 interviews, 1 site, 2 documents, 1 figure"


def test_the_teams_own_questions_and_ideas_are_no_source(cast: Cast) -> None:
    visit = factories.make_visit(cast.case)
    notes = [factories.make_note(visit, cast.lead, kind=kind) for kind in (NoteKind.QUESTION, NoteKind.IDEA)]
    finding = factories.make_finding(cast.case, notes=notes)

    found = sources_of([finding])[finding.pk]

    assert (found.total, found.notes, found.words) == (0, 2, "no source yet")


def test_without_a_slot_the_group_that_spoke_is_the_source(cast: Cast) -> None:
    visit = factories.make_visit(cast.case)
    groups = (SourceGroup.NGOS, SourceGroup.NGOS, SourceGroup.EMPLOYERS)
    notes = [factories.make_note(visit, cast.lead, source_group=group) for group in groups]
    finding = factories.make_finding(cast.case, notes=notes)

    assert sources_of([finding])[finding.pk].interviews == 2


def test_removed_and_private_notes_do_not_count(cast: Cast) -> None:
    visit = factories.make_visit(cast.case)
    gone = factories.make_note(visit, cast.lead, removed_at="2026-01-01T00:00Z")
    private = factories.make_note(visit, cast.observer, is_private=True)
    finding = factories.make_finding(cast.case, notes=[gone, private])

    assert sources_of([finding]) == {finding.pk: Sources()}


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(cast: Cast, count: int, django_assert_num_queries: Any) -> None:
    visit = factories.make_visit(cast.case)
    findings = [
        factories.make_finding(
            cast.case, notes=[factories.make_note(visit, cast.lead), factories.make_note(visit, cast.friend)]
        )
        for _ in range(count)
    ]

    with django_assert_num_queries(1):
        assert len(sources_of(findings)) == count


def test_everybody_of_the_team_reads_team_notes_and_nobody_anothers_private_ones(cast: Cast) -> None:
    visit = factories.make_visit(cast.case)
    team = factories.make_note(visit, cast.friend)
    private = factories.make_note(visit, cast.observer, is_private=True)

    assert set(notes_visible_to(cast.lead, cast.case)) == {team}
    assert set(notes_visible_to(cast.observer, cast.case)) == {team, private}
