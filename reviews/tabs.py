"""The case's own pages, registered into its frame."""

from people.queries.shell import count_tasks_with
from reviews import frame
from reviews.enums import MilestoneKind
from reviews.pages import register_page
from reviews.permissions import Ability
from reviews.queries.tasks import count_tasks

A = Ability

frame.register_tab(
    frame.Tab(key="overview", label="Overview", url_name="reviews:case", ability=A.VIEW_CASE, position=0)
)
frame.register_tab(frame.Tab(key="scope", label="Scope", url_name="reviews:scope", ability=A.VIEW_CASE, position=10))
frame.register_tab(frame.Tab(key="team", label="People", url_name="reviews:team", ability=A.VIEW_CASE, position=20))
frame.register_tab(
    frame.Tab(key="deadlines", label="Deadlines", url_name="reviews:deadlines", ability=A.VIEW_CASE, position=110)
)
frame.register_tab(
    frame.Tab(key="timeline", label="Timeline", url_name="reviews:timeline", ability=A.VIEW_CASE, position=120)
)
frame.register_rail_target("preparation", "reviews:scope", A.VIEW_CASE)

register_page(MilestoneKind.SCOPE_AGREED, "reviews:scope")
register_page(MilestoneKind.TEAM_CONFIRMED, "reviews:team")

count_tasks_with(count_tasks)
