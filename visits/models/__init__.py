"""WHERE AND WHEN."""

from visits.models.notes import DeskItem, Note
from visits.models.visits import HostSite, ProgrammeLook, Slot, SlotPerson, StudyVisit, VisitGroup

__all__ = ["DeskItem", "HostSite", "Note", "ProgrammeLook", "Slot", "SlotPerson", "StudyVisit", "VisitGroup"]
