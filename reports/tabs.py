"""The pages of reports in the frame of a case."""

from reviews import frame
from reviews.permissions import Ability

A = Ability

frame.register_tab(
    frame.Tab(key="documents", label="Documents", url_name="reports:documents", ability=A.VIEW_DOCUMENTS, position=100)
)
