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
from reviews.models.findings import Action, Finding, HostResponse, Recommendation
from reviews.models.question_sets import Question, QuestionSet, Section
from reviews.models.self_assessments import (
    Answer,
    Evidence,
    SectionVerdict,
    SelfAssessment,
    SelfAssessmentVersion,
)

__all__ = [
    "Action",
    "Answer",
    "Case",
    "CaseEvent",
    "Evidence",
    "Finding",
    "GuidingQuestion",
    "HostResponse",
    "InterestDeclaration",
    "Membership",
    "Milestone",
    "Objection",
    "Question",
    "QuestionSet",
    "Recommendation",
    "Section",
    "SectionVerdict",
    "SelfAssessment",
    "SelfAssessmentVersion",
]
