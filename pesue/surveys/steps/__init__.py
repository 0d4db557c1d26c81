"""What the worker does for surveys and panels."""

from pesue.surveys.steps.asked import count, make_keys
from pesue.surveys.steps.panels import close_panels, forget_experts, mail_experts

__all__ = ["close_panels", "count", "forget_experts", "mail_experts", "make_keys"]
