"""The pages of the visit, registered into the frame of every case."""

from reviews import frame
from reviews.permissions import Ability

A = Ability

frame.register_tab(
    frame.Tab(key="programme", label="Programme", url_name="visits:programme", ability=A.VIEW_PROGRAMME, position=30)
)
frame.register_tab(
    frame.Tab(
        key="desk_review", label="Desk review", url_name="visits:desk_review", ability=A.VIEW_DESK_REVIEW, position=50
    )
)
frame.register_tab(frame.Tab(key="notes", label="Notes", url_name="visits:notes", ability=A.VIEW_NOTES, position=60))
frame.register_rail_target("visit", "visits:programme", A.VIEW_PROGRAMME)
