"""WHO."""

from people.models.cities import City, WorkingGroup
from people.models.heartbeats import Heartbeat
from people.models.invitations import Invitation, hash_of
from people.models.notifications import Notification
from people.models.password_resets import PasswordReset
from people.models.users import User, UserManager

__all__ = [
    "City",
    "Heartbeat",
    "Invitation",
    "Notification",
    "PasswordReset",
    "User",
    "UserManager",
    "WorkingGroup",
    "hash_of",
]
