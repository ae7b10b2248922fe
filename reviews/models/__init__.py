"""WHAT."""

from reviews.models.cases import (
    Case,
    CaseEvent,
    GuidingQuestion,
    InterestDeclaration,
    Membership,
    Milestone,
    Objection,
)
from reviews.models.evidence import Evidence, EvidencePage, EvidenceText, EvidenceVersion, Upload
from reviews.models.filled_forms import FilledAnswer, FilledForm
from reviews.models.findings import Action, Finding, HostResponse, Recommendation
from reviews.models.question_sets import Question, QuestionSet, Section
from reviews.models.self_assessments import (
    Answer,
    SectionVerdict,
    SelfAssessment,
    SelfAssessmentVersion,
)
from reviews.models.sharing import Assignment, Comment, Presence
from reviews.models.signing import Addendum, Declined, SectionSignature, SetAside, Signature

__all__ = [
    "Action",
    "Addendum",
    "Answer",
    "Assignment",
    "Case",
    "CaseEvent",
    "Comment",
    "Declined",
    "Evidence",
    "EvidencePage",
    "EvidenceText",
    "EvidenceVersion",
    "FilledAnswer",
    "FilledForm",
    "Finding",
    "GuidingQuestion",
    "HostResponse",
    "InterestDeclaration",
    "Membership",
    "Milestone",
    "Objection",
    "Presence",
    "Question",
    "QuestionSet",
    "Recommendation",
    "Section",
    "SectionSignature",
    "SectionVerdict",
    "SelfAssessment",
    "SelfAssessmentVersion",
    "SetAside",
    "Signature",
    "Upload",
]
