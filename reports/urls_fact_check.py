"""Addresses of the check before sending and of the fact check."""

from django.urls import path

from reports.views import fact_answers, fact_checks, fact_comments, fact_tables, scanning

_REPORT = "cases/<slug:slug>/report/"
_FACTS = f"{_REPORT}fact-check/"
_ONE = f"{_FACTS}comments/<int:number>/"

urlpatterns = [
    path(f"{_REPORT}check/", scanning.check, name="check"),
    path(f"{_REPORT}check/back/", scanning.hint_back, name="hint_back"),
    path(_FACTS, fact_checks.fact_check, name="fact_check"),
    path(f"{_FACTS}close/", fact_checks.close, name="close_fact_check"),
    path(f"{_FACTS}more-time/", fact_checks.extend, name="extend_fact_check"),
    path(f"{_FACTS}changes/", fact_checks.changes, name="draft_changes"),
    path(f"{_FACTS}comments/", fact_comments.add, name="add_comment"),
    path(f"{_FACTS}comments/all/", fact_tables.comments, name="fact_comments"),
    path(f"{_FACTS}comments/table/", fact_tables.comments_csv, name="fact_comments_csv"),
    path(f"{_FACTS}comments/form/", fact_checks.form, name="comment_form"),
    path(_ONE, fact_comments.edit, name="edit_comment"),
    path(f"{_ONE}withdraw/", fact_comments.withdraw, name="withdraw_comment"),
    path(f"{_ONE}print/", fact_comments.printed, name="print_comment"),
    path(f"{_ONE}answer/", fact_answers.answer, name="answer_comment"),
    path(f"{_ONE}apply/", fact_answers.apply, name="apply_comment"),
]
