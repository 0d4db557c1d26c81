"""What this room keeps: a noun a file."""

from pesue.sharing.models.accounts import Account as Account
from pesue.sharing.models.links import Link as Link
from pesue.sharing.models.shares import Share as Share
