"""Certificates of participation: who issues them, what they say, and who has them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from people.errors import NotAllowed, NotReady
from people.models import Notification
from reports import jobs
from reports.actions.certificates import NOT_HELD, issue_certificates
from reports.actions.documents import request_document
from reports.enums import DocumentKind, DocumentStatus, Edition
from reports.models import Certificate, Document
from reports.queries.certificates import holders_of
from reports.rendering import compose_certificate
from reviews.enums import EventKind, Role, Stage
from tests import factories
from tests.cast import Cast
from visits.enums import SlotKind, VisitStatus
from visits.models import StudyVisit


@pytest.fixture
def held(cast: Cast) -> StudyVisit:
    """A visit that was held: five working hours of everybody, two of them over lunch, and two of one group."""
    cast.at(Stage.FEEDBACK)
    visit = factories.make_visit(cast.case)
    factories.make_slot(visit, "09:00", "12:00", kind=SlotKind.PANEL)
    factories.make_slot(visit, "12:00", "13:00", kind=SlotKind.MEAL)
    factories.make_slot(visit, "13:00", "15:00", kind=SlotKind.INTERVIEW)
    group = factories.make_group(visit, "Group A", [cast.friend])
    factories.make_slot(visit, "14:00", "17:00", kind=SlotKind.INTERVIEW, group=group)
    StudyVisit.objects.filter(pk=visit.pk).update(status=VisitStatus.HELD)
    return visit


def issue(cast: Cast, *names: str, hours: str = "20", by: str = "lead") -> list[Document]:
    wanted = {getattr(cast, name).pk: Decimal(hours) for name in names}
    return issue_certificates(cast.case, wanted, by=getattr(cast, by))


def page(cast: Cast) -> str:
    return reverse("reports:certificates", args=(cast.case.slug,))


@pytest.mark.usefixtures("held")
def test_hours_are_proposed_from_the_slots_of_each_person_with_overlaps_once(cast: Cast) -> None:
    proposed = {holder.user: holder.proposed for holder in holders_of(cast.case)}
    assert proposed == {
        cast.lead: Decimal(11),
        cast.rapporteur: Decimal(11),
        cast.observer: Decimal(11),
        cast.friend: Decimal(13),
    }


@pytest.mark.usefixtures("held")
def test_each_person_is_told_of_their_own_certificate_when_it_is_made(cast: Cast) -> None:
    papers = issue(cast, "lead", "friend", hours="24.5")
    for paper in papers:
        jobs.make(paper.pk)
    rows = Document.objects.filter(kind=DocumentKind.CERTIFICATE)
    assert {(row.about, row.status, row.pages) for row in rows} == {
        (cast.lead, DocumentStatus.READY, 1),
        (cast.friend, DocumentStatus.READY, 1),
    }
    told = Notification.objects.filter(text__contains="Certificate")
    assert {note.user for note in told} == {cast.lead, cast.friend}
    assert all("/documents/#document-" in note.url for note in told)
    last = cast.case.events.filter(kind=EventKind.DOCUMENT, actor=cast.lead, text__startswith="Certificates").get()
    assert last.text == "Certificates issued: Friend, Lead"


@pytest.mark.usefixtures("held")
def test_certificate_says_who_did_what_for_how_long(cast: Cast) -> None:
    issue(cast, "friend", hours="24.5", by="lead")
    content = compose_certificate(cast.case.pk, cast.friend.pk)
    facts = {fact.term: fact.value for fact in content.cover_facts}
    assert content.title == "Friend"
    assert (facts["As"], facts["Hours"]) == ("Critical friend", "24.5, preparation included")
    assert content.edition_label.startswith("Issued by Lead on ")


@pytest.mark.usefixtures("held")
def test_same_hours_change_nothing_and_other_hours_make_a_new_version(cast: Cast) -> None:
    first, again = issue(cast, "friend")[0], issue(cast, "friend")[0]
    other = issue(cast, "friend", hours="21")[0]
    assert (first.pk, first.number) == (again.pk, 1)
    assert (other.number, Certificate.objects.get().hours) == (2, Decimal(21))


def test_no_certificate_before_the_visit_was_held(cast: Cast) -> None:
    factories.make_visit(cast.case)
    with pytest.raises(NotReady) as refused:
        issue(cast, "friend")
    assert refused.value.message == NOT_HELD


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("by", ["friend", "rapporteur", "coordinator"])
def test_only_lead_and_secretariat_issue(cast: Cast, by: str) -> None:
    with pytest.raises(NotAllowed):
        issue(cast, "friend", by=by)
    assert not Certificate.objects.exists()


@pytest.mark.usefixtures("held")
def test_nobody_of_the_host_is_certified(cast: Cast) -> None:
    with pytest.raises(NotReady):
        issue(cast, "friend", "coordinator")
    assert not Certificate.objects.exists()


@pytest.mark.usefixtures("held")
def test_a_certificate_is_for_its_holder_and_for_those_who_issue(cast: Cast) -> None:
    paper = issue(cast, "friend")[0]
    jobs.make(paper.pk)
    address = reverse("reports:download", args=(cast.case.slug, paper.pk))
    answers: dict[str, Any] = {name: cast.client(person).get(address) for name, person in cast.people.items()}
    for answer in answers.values():
        if answer.streaming:
            b"".join(answer.streaming_content)
    assert {name for name, answer in answers.items() if answer.status_code == 200} == {"friend", "lead", "secretariat"}


@pytest.mark.usefixtures("held")
def test_file_is_named_after_its_holder(cast: Cast) -> None:
    paper = issue(cast, "friend")[0]
    jobs.make(paper.pk)
    answer: Any = cast.client(cast.friend).get(reverse("reports:download", args=(cast.case.slug, paper.pk)))
    b"".join(answer.streaming_content)
    assert cast.case.visit_start is not None
    year = cast.case.visit_start.year
    expected = f'attachment; filename="timisoara-{year}-certificate-of-participation-friend-v1.pdf"'
    assert answer["Content-Disposition"] == expected


@pytest.mark.usefixtures("held")
def test_documents_page_lists_ones_own_certificate_only(cast: Cast) -> None:
    issue(cast, "friend", "rapporteur")
    address = reverse("reports:documents", args=(cast.case.slug,))
    listed = {name: cast.client(getattr(cast, name)).get(address).content.decode() for name in ("friend", "lead")}
    own = Document.objects.get(about=cast.friend)
    others = Document.objects.get(about=cast.rapporteur)
    assert f'id="document-{own.pk}"' in listed["friend"]
    assert f'id="document-{others.pk}"' not in listed["friend"]
    assert page(cast) not in listed["friend"]
    assert page(cast) in listed["lead"]


@pytest.mark.usefixtures("held")
def test_nobody_asks_for_a_certificate_that_was_not_issued(cast: Cast) -> None:
    with pytest.raises(NotReady):
        request_document(cast.case, DocumentKind.CERTIFICATE, Edition.TEAM, by=cast.friend, about=cast.friend)
    with pytest.raises(NotAllowed):
        request_document(cast.case, DocumentKind.CERTIFICATE, Edition.TEAM, by=cast.friend)


def posted(client: Client, cast: Cast, **fields: str) -> Any:
    return client.post(page(cast), fields)


@pytest.mark.usefixtures("held")
def test_form_issues_to_those_who_are_ticked(cast: Cast) -> None:
    number = cast.friend.pk
    fields = {f"issue_{number}": "on", f"hours_{number}": "19.5", f"hours_{cast.lead.pk}": "8"}
    answer = posted(cast.client(cast.lead), cast, **fields)
    assert (answer.status_code, answer["Location"]) == (303, page(cast))
    assert [(row.user, row.hours) for row in Certificate.objects.all()] == [(cast.friend, Decimal("19.5"))]


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize(
    ("hours", "tick", "sentence"),
    [
        ("19", "", "Choose at least one person."),
        ("", "on", "Write how many hours."),
        ("0", "on", "greater than or equal to 0.5"),
        ("x", "on", "Enter a number."),
    ],
)
def test_form_says_what_is_missing_and_keeps_what_was_typed(cast: Cast, hours: str, tick: str, sentence: str) -> None:
    number = cast.friend.pk
    fields = {f"hours_{number}": hours, **({f"issue_{number}": tick} if tick else {})}
    answer = posted(cast.client(cast.lead), cast, **fields)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert (f'value="{hours}"' in answer.content.decode()) is bool(hours)
    assert not Certificate.objects.exists()


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("more", [0, 2])
def test_list_of_holders_asks_the_same_number_of_questions(
    cast: Cast, django_assert_num_queries: Any, more: int
) -> None:
    for _ in range(more):
        factories.make_member(cast.case, Role.CRITICAL_FRIEND)
    issue(cast, "friend")
    with django_assert_num_queries(8):
        holders_of(cast.case)
