"""Reports that were begun before outlines were rows: their sections say what they are for and what they draw."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SECTIONS = {
    "summary": {
        "purpose": "One page that a mayor can read: why the review took place, what you saw, and what you recommend.",
        "words": 350,
        "is_required": True,
    },
    "data_sheet": {
        "purpose": "Host, theme, dates, team. A sentence of your own is rarely needed here.",
        "draws": ["data_sheet", "team"],
        "starts_page": False,
    },
    "context": {
        "purpose": "What a reader from another city must know about the host to understand the findings.",
        "words": 500,
        "is_required": True,
    },
    "method": {
        "purpose": "Purpose, sources and limits of this review. Numbers of people and meetings, never names.",
        "draws": ["questions", "visit_numbers", "people_met", "funnel"],
        "words": 250,
        "starts_page": False,
    },
    "findings": {
        "purpose": "A few sentences that lead into the findings. The findings themselves come from the findings page.",
        "draws": ["findings_chart", "findings"],
        "words": 200,
    },
    "answers": {
        "purpose": "One answer for each guiding question of the host, in your own words.",
        "draws": ["answers"],
        "words": 600,
        "is_required": True,
        "starts_page": False,
    },
    "recommendations": {
        "purpose": "What connects the recommendations. The recommendations themselves come from their page.",
        "draws": ["recommendations_table", "recommendations"],
        "words": 150,
    },
    "good_practices": {
        "purpose": "What the visitors take home to their own cities.",
        "draws": ["good_practices"],
        "words": 250,
        "starts_page": False,
    },
    "host_response": {
        "purpose": "What happens next. The host's own statement is printed as the host wrote it.",
        "draws": ["host_statement", "host_responses"],
        "starts_page": False,
    },
    "annexes": {
        "purpose": "Glossary, documents you read, anything that would slow down the reader elsewhere.",
        "draws": ["programme", "public_papers"],
        "is_annex": True,
    },
}
"""The outline of the product as it was then."""


def fill(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Fill what no row said yet; a row that says what it is for was begun with an outline."""
    rows = apps.get_model("reports", "ReportSection").objects.filter(purpose="")
    for key, said in SECTIONS.items():
        rows.filter(key=key).update(**said)


class Migration(migrations.Migration):
    dependencies = (("reports", "0008_fact_comment_once"),)

    operations = (migrations.RunPython(fill, migrations.RunPython.noop),)
