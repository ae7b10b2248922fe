"""Publishing with consent, correcting, and what strangers see."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.errors import AlreadyDone, NotAllowed, NotReady
from reports import jobs
from reports.actions import approval, consent
from reports.contents import team_hash
from reports.enums import ReportStatus
from reports.models import Document, Publication, Report
from reports.rendering import content_hash, deserialise
from reviews.actions.steps import take_step
from reviews.enums import Stage
from reviews.models import Action, Case, HostResponse, Recommendation
from reviews.requirements import unmet
from tests.cast import Cast
from tests.reports.conftest import Paper
from tests.reports.shelf import make_publication
from tests.reports.test_report import final, fresh, kept, reporting, sent

pytestmark = pytest.mark.usefixtures("paper")

Capture = Callable[..., Any]


def published(cast: Cast) -> Publication:
    """The report of the cast's case is published."""

    def make() -> None:
        final(cast)
        publish(cast)

    kept(cast, "published", make)
    return Publication.objects.get(case=cast.case, is_current=True)


def agreed(cast: Cast) -> None:
    """Everybody who visited stands behind the final report, and the host consents."""
    for person in (cast.lead, cast.friend, cast.rapporteur):
        approval.confirm_report(cast.case, by=person, seen=team_hash(fresh(cast)))
    consent.give_consent(fresh(cast), by=cast.sponsor)


def publish(cast: Cast) -> Publication:
    agreed(cast)
    take_step(cast.case, "publish_report", by=cast.secretariat)
    return Publication.objects.get(case=cast.case, is_current=True)


def corrected(cast: Cast, paper: Paper, text: str = "Corrected") -> Publication:
    """A second version is published."""

    def make() -> None:
        take_step(cast.case, "correct_report", by=cast.secretariat, reason="The number of *schools* was wrong.")
        paper.text = text
        take_step(cast.case, "start_fact_check", by=cast.lead)
        Report.objects.update(fact_check_due="2020-01-01")
        take_step(cast.case, "finalise_report", by=cast.lead)
        publish(cast)

    kept(cast, f"corrected: {text}", make)
    paper.text = text
    return Publication.objects.get(case=cast.case, is_current=True)


def read(slug: str) -> str:
    """What a stranger sees at a published address."""
    answer = Client().get(reverse("reports:publication", args=(slug,)))
    assert answer.status_code == 200
    return answer.content.decode()


def test_chapters_and_citation_come_before_the_text_where_there_is_no_room_beside(cast: Cast) -> None:
    page = read(published(cast).slug)
    before = page[: page.index('<article class="doc-page"')]
    folded = before.split('<details class="card when-narrow"')[1:]
    assert ["Findings" in part for part in folded] == [True, False]
    assert ["Permanent address" in part for part in folded] == [False, True]
    assert page.count('when-wide"') == 2


# --- Publishing --------------------------------------------------------------------------------------
def test_nothing_is_published_without_consent(cast: Cast) -> None:
    final(cast)
    assert [reason.text for reason in unmet(fresh(cast), "publish_report")] == [
        "Not everybody stands behind the report yet: Lead, Friend, Rapporteur",
        "The host city has not consented to publication",
    ]
    with pytest.raises(NotReady):
        take_step(cast.case, "publish_report", by=cast.secretariat)
    assert Publication.objects.count() == 0


def test_consent_is_to_what_would_be_printed_and_to_nothing_else(cast: Cast, paper: Paper) -> None:
    final(cast)
    agreed(cast)
    paper.text = "Evidence that came later"
    with pytest.raises(NotReady) as refused:
        take_step(cast.case, "publish_report", by=cast.secretariat)
    team, host = refused.value.reasons
    assert team.text == "Not everybody stands behind the report yet: Lead, Friend, Rapporteur"
    assert (host.text, host.who) == (
        "What would be published has changed since the host city consented: it consents again",
        "Host coordinator or host political sponsor",
    )
    address = reverse("reports:report", args=(cast.case.slug,))
    for person, words in (
        (cast.sponsor, "The report has changed since Sponsor consented"),
        (cast.secretariat, "the host city has to consent again"),
        (cast.friend, "The report has changed since you confirmed it"),
    ):
        assert words in cast.client(person).get(address).content.decode()
    agreed(cast)
    assert "has changed since" not in cast.client(cast.sponsor).get(address).content.decode()
    take_step(cast.case, "publish_report", by=cast.secretariat)
    assert Publication.objects.get().sha256 == Report.objects.get().consent_hash


@pytest.mark.parametrize("stage", [Stage.CANCELLED, Stage.CLOSED])
def test_review_at_rest_publishes_nothing_whatever_was_consented_to(cast: Cast, stage: Stage) -> None:
    final(cast)
    agreed(cast)
    cast.at(stage)
    with pytest.raises(NotAllowed, match=f"This review is {stage.value}"):
        take_step(cast.case, "publish_report", by=cast.secretariat)
    assert Publication.objects.count() == 0


def test_publication_freezes_what_everybody_may_read_and_asks_for_the_pdf(cast: Cast, paper: Paper) -> None:
    found = published(cast)
    content = paper.compose("report", "public", cast.case.pk)
    assert replace(deserialise(found.content), imprint=None) == content
    assert found.sha256 == content_hash(deserialise(found.content))
    assert (found.slug, found.version, found.theme, found.city_name, found.country) == (
        "timisoara",
        1,
        "education",
        "Timișoara",
        "RO",
    )
    assert found.document is not None
    assert (found.document.kind, found.document.edition, found.document.content_hash) == (
        "report",
        "public",
        found.sha256,
    )
    assert fresh(cast).published_at == found.published_at
    assert Report.objects.get().status == ReportStatus.PUBLISHED


def test_pdf_that_the_library_waits_for_cannot_be_cancelled(cast: Cast) -> None:
    row = published(cast).document
    assert row is not None
    client, cancel = cast.client(cast.secretariat), reverse("reports:cancel_document", args=(cast.case.slug, row.pk))
    shown = [
        client.get(reverse("reports:documents", args=(cast.case.slug,))).content.decode(),
        client.get(
            reverse("reports:document", args=(cast.case.slug, row.pk)), headers={"HX-Request": "true"}
        ).content.decode(),
    ]
    assert ["Waiting to be made" in page for page in shown] == [True, True]
    assert [cancel in page for page in shown] == [False, False]
    answer = client.post(cancel)
    assert (answer.status_code, "the library waits for it" in answer.content.decode()) == (403, True)
    assert Document.objects.get(pk=row.pk).status == "queued"


def test_pdf_shows_what_was_frozen_whatever_is_written_since(cast: Cast, paper: Paper) -> None:
    found = published(cast)
    paper.text = "Written later"
    assert found.document_id is not None
    jobs.make(found.document_id)
    answer: Any = Client().get(reverse("reports:publication_pdf", args=(found.slug,)))
    content = b"".join(answer.streaming_content)
    row = Document.objects.get(pk=found.document_id)
    assert content == b"%PDF-1.7 <p>What we found</p>"
    assert row.sha256 == hashlib.sha256(content).hexdigest()
    assert answer["Content-Disposition"] == 'attachment; filename="timisoara.pdf"'
    assert row.sha256 in read(found.slug)
    assert "Written later" not in read(found.slug)


def test_pressing_publish_twice_publishes_once(cast: Cast) -> None:
    published(cast)
    with pytest.raises(AlreadyDone):
        take_step(cast.case, "publish_report", by=cast.secretariat)
    assert Publication.objects.count() == 1
    assert Document.objects.filter(edition="public").count() == 1


def test_publication_that_cannot_be_composed_changes_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    final(cast)
    consent.give_consent(fresh(cast), by=cast.sponsor)

    def refuse(*_: object) -> None:
        raise NotReady("Nothing to show.")

    monkeypatch.setattr("reports.actions.publication.printed", refuse)
    with pytest.raises(NotReady):
        take_step(cast.case, "publish_report", by=cast.secretariat)
    assert (Report.objects.get().status, fresh(cast).published_at) == (ReportStatus.FINAL, None)


def test_follow_up_starts_after_publication(cast: Cast) -> None:
    final(cast)
    assert [reason.text for reason in unmet(fresh(cast), "start_follow_up")] == ["The report is not published"]
    publish(cast)
    assert unmet(fresh(cast), "start_follow_up") == []


def test_correction_is_a_new_version_and_the_old_one_stays(cast: Cast, paper: Paper) -> None:
    old = published(cast)
    new = corrected(cast, paper)
    old.refresh_from_db()
    assert (old.is_current, new.version, new.slug, new.erratum) == (
        False,
        2,
        "timisoara-v2",
        "The number of *schools* was wrong.",
    )
    assert "What we found" in read(old.slug)
    assert "There is a newer version." in read(old.slug)
    assert "What changed: The number of schools was wrong." in read(old.slug)
    assert "Corrected" in read(new.slug)
    assert "<em>schools</em>" in read(new.slug)
    library = Client().get(reverse("reports:library")).content.decode()
    assert "/library/timisoara-v2/" in library
    assert 'href="/library/timisoara/"' not in library


def test_old_pdf_is_made_from_its_own_version(cast: Cast, paper: Paper) -> None:
    old = published(cast)
    new = corrected(cast, paper)
    assert old.document_id is not None
    assert new.document_id is not None
    jobs.make(old.document_id)
    jobs.make(new.document_id)
    assert paper.made == ["<p>What we found</p>", "<p>Corrected</p>"]


def test_published_version_stays_while_the_next_is_written(cast: Cast, paper: Paper) -> None:
    found = published(cast)
    take_step(cast.case, "correct_report", by=cast.secretariat, reason="A number")
    paper.text = "Half written"
    assert "Half written" not in read(found.slug)
    assert cast.client(cast.sponsor).get(reverse("reports:report", args=("timisoara",))).status_code == 403


# --- What strangers see ------------------------------------------------------------------------------
@pytest.mark.parametrize("state", [reporting, sent, final])
def test_no_draft_is_in_the_library(cast: Cast, state: Callable[[Cast], Report]) -> None:
    state(cast)
    stranger = Client()
    for address in ("/library/", "/", "/library/?q=timisoara"):
        page = stranger.get(address).content.decode()
        assert "Timișoara" not in page
        assert "What we found" not in page
    assert stranger.get("/library/timisoara/").status_code == 404
    assert stranger.get("/library/timisoara/pdf/").status_code == 404


def test_strangers_reach_nothing_else(cast: Cast) -> None:
    published(cast)
    for name in ("report", "read", "fact_check", "documents"):
        answer = Client().get(reverse(f"reports:{name}", args=("timisoara",)))
        assert answer.status_code == 302
        assert answer["Location"].startswith("/login/")


def test_front_page_is_for_strangers(cast: Cast) -> None:
    published(cast)
    page = Client().get("/").content.decode()
    assert "Cities invite critical friends" in page
    assert "/library/timisoara/" in page
    assert cast.client(cast.lead).get("/")["Location"] == "/tasks/"


def test_responses_are_shown_once_the_follow_up_has_begun(cast: Cast) -> None:
    recommendation = Recommendation.objects.create(case=cast.case, text="Name one **owner**.", status="shared")
    hidden = Recommendation.objects.create(case=cast.case, text="Still a draft.", status="draft")
    found = published(cast)
    assert found.recommendation_ids == [recommendation.pk]
    HostResponse.objects.create(recommendation=recommendation, decision="partly", reason="Too dear for us")
    Action.objects.create(recommendation=recommendation, text="List", owner="Ana Popescu", status="done")
    before = read(found.slug)
    Case.objects.update(stage=Stage.FOLLOW_UP)
    after = read(found.slug)
    assert "Partly accepted" not in before
    assert "Name one owner." in after
    assert "Partly accepted" in after
    assert "Done" in after
    for secret in ("Too dear for us", "Ana Popescu", hidden.text):
        assert secret not in after


def test_actions_taken_off_the_plan_are_not_shown_to_everybody(cast: Cast) -> None:
    recommendation = Recommendation.objects.create(case=cast.case, text="Name one owner.", status="shared")
    found = published(cast)
    Action.objects.create(recommendation=recommendation, text="List", status="stopped", removed_at=timezone.now())
    Case.objects.update(stage=Stage.FOLLOW_UP)
    page = read(found.slug)
    assert ("Name one owner." in page, "Stopped" in page) == (True, False)


def test_hostile_content_is_shown_as_words(db: None) -> None:
    make_publication(title="<script>alert(1)</script>", summary="<b onclick=x>", city_name='"><img src=x>')
    for address in ("/library/", "/library/report-1/", "/library/?q=%3Cscript%3Ealert(2)%3C/script%3E&page=%3Cx"):
        page = Client().get(address).content.decode()
        assert "<script>alert" not in page
        assert "<b onclick" not in page
        assert "<img src=x" not in page
