"""A whole review as rows: everything that documents show, and things that some of them must not show."""

from datetime import date, timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from reports.actions.reports import begun_section
from reports.models import Report
from reports.outline import built_in
from reviews.enums import EvidenceClass, EvidenceKind, FindingKind, FindingStatus, Role, SelfAssessmentStatus
from reviews.models import (
    Answer,
    Case,
    Evidence,
    Finding,
    HostResponse,
    Question,
    Recommendation,
    SelfAssessment,
    SelfAssessmentVersion,
)
from reviews.queries.frozen import content_of, digest
from tests import factories
from tests.kept import made_once
from tests.reports.rendering.conftest import jpeg
from visits.enums import DeskKind, NoteKind, SlotKind, SourceGroup


def whole_case() -> Case:
    """A review with everything that documents show, in Timișoara in June 2018. Its rows are made once a process."""
    return made_once(_whole_case, "whole case")


def _whole_case() -> Case:
    city = factories.make_city("Timișoara", country="RO", time_zone="Europe/Bucharest")
    made = factories.make_case(
        "Roma inclusion", host_city=city, visit_start=date(2018, 6, 12), off_limits="The court case."
    )
    factories.make_guiding_question(made, 1, "How can the plan be improved?")
    lead = factories.make_user("Mary Shaw", city=factories.make_city("Glasgow"), languages="English")
    friend = factories.make_user("Jens Berg", city=factories.make_city("Gothenburg"), email="jens@example.org")
    host = factories.make_user("Ana Ionescu", city=city)
    for role, user in ((Role.LEAD, lead), (Role.CRITICAL_FRIEND, friend), (Role.HOST_COORDINATOR, host)):
        factories.make_member(made, role, user)
    visit = factories.make_visit(made, practical="Tram 7 from the **station**.")
    site = factories.make_site(visit, "Neighbourhood centre", address="Strada 1", contact="Ms Receiver")
    talk = factories.make_slot(
        visit,
        "09:00",
        "10:30",
        title="Residents",
        kind=SlotKind.PANEL,
        site=site,
        lead=lead,
        note_taker=friend,
        met={SourceGroup.COMMUNITY: 8},
        remarks="Bring cake.",
    )
    factories.make_slot(visit, "16:30", "18:00", title="Secret debrief", kind=SlotKind.DEBRIEF)
    factories.make_desk_item(visit, friend, kind=DeskKind.QUESTION, text="Secret question?")
    factories.make_desk_item(
        visit, friend, kind=DeskKind.PAPER, text="The budget, please.", answer="It is in the annex."
    )
    strength = Finding.objects.create(
        case=made,
        kind=FindingKind.STRENGTH,
        theme="Planning",
        text="Planned **together**.",
        status=FindingStatus.SHARED,
        guiding_question=made.guiding_questions.get(),
    )
    Finding.objects.create(case=made, kind=FindingKind.CONSIDERATION, text="Unreleased finding.")
    practice = Finding.objects.create(
        case=made, kind=FindingKind.GOOD_PRACTICE, text="One roof.", status=FindingStatus.AGREED, position=2
    )
    factories.make_note(
        visit, friend, "Raw note.", slot=talk, kind=NoteKind.HEARD, source_group=SourceGroup.COMMUNITY
    ).findings.set([strength, practice])
    factories.make_note(visit, friend, "Seen note.", site=site, kind=NoteKind.SEEN).findings.set([strength])
    advice = Recommendation.objects.create(
        case=made,
        text="Name one owner.\n\nAnd one date.",
        reason="Plans stay.",
        addressee="Social services",
        time_frame="Within 3 months",
        status=FindingStatus.SHARED,
    )
    advice.findings.set([strength])
    HostResponse.objects.create(recommendation=advice, decision="partly", reason="From 2019 on.")
    _answer(made)
    _report(made)
    return made


def _answer(case: Case) -> None:
    held = case.self_assessment
    question = Question.objects.filter(section__question_set=held.question_set).order_by("number")[0]
    Answer.objects.create(
        self_assessment=held,
        question=question,
        text="We worry about *moves*.",
        rating="developing",
        rating_reason="Two surveys.",
        trend="better",
    )
    for title, access in (
        ("Public strategy", EvidenceClass.PUBLIC),
        ("Team figures", EvidenceClass.TEAM),
        ("Host memo", EvidenceClass.HOST),
    ):
        Evidence.objects.create(
            case=case,
            section=question.section,
            title=title,
            kind=EvidenceKind.STRATEGY,
            access_class=access,
            file=f"evidence/{access}",
            file_name="a.pdf",
            content_type="application/pdf",
            size=1,
            sha256=access * 8,
        )


def photographed(case: Case) -> None:
    """Two photos for everybody, one lying and one standing."""
    for title, size in (("The centre", (900, 600)), ("Der Marktplatz", (600, 900))):
        row = Evidence(case=case, title=title, kind=EvidenceKind.PHOTO, access_class=EvidenceClass.PUBLIC)
        row.note, row.content_type, row.dated = f"{title}, seen from the street.", "image/jpeg", date(2018, 6, 12)
        row.sha256 = f"{size[0]:064}"
        row.file.save("photo", ContentFile(jpeg(size)))


def _report(case: Case) -> None:
    report = Report.objects.create(case=case, host_statement="We thank our friends.")
    for position, plan in enumerate(built_in().sections, start=1):
        row = begun_section(report, position, plan)
        row.text = {"summary": "It went **well**.\n\nSecond paragraph.", "findings": "What we saw."}.get(plan.key, "")
        row.updated_at = timezone.now() - timedelta(days=3)
        row.save()


def accept(case: Case) -> None:
    held = SelfAssessment.objects.select_related("question_set").get(case=case)
    content = content_of(held, case)
    SelfAssessmentVersion.objects.create(
        self_assessment=held, number=1, content=content, sha256=digest(content), submitted_at=timezone.now()
    )
    SelfAssessment.objects.filter(pk=held.pk).update(status=SelfAssessmentStatus.ACCEPTED)
