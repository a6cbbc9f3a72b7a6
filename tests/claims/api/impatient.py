"""The application, with little patience for clients that take nothing."""

from claims import slots
from config.wsgi import application

slots.PATIENCE, slots.SENT_WITHIN = 4, 1

__all__ = ["application"]
