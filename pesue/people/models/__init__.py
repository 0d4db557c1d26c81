"""The organisation, its tree of teams, its members, and what each may do."""

from pesue.people.models.addresses import FormerAddress as FormerAddress
from pesue.people.models.imports import ImportRow as ImportRow
from pesue.people.models.imports import PeopleImport as PeopleImport
from pesue.people.models.invitations import Invitation as Invitation
from pesue.people.models.looks import Look as Look
from pesue.people.models.members import Grant as Grant
from pesue.people.models.members import Member as Member
from pesue.people.models.members import Members as Members
from pesue.people.models.organisation import Organisation as Organisation
from pesue.people.models.organisation import Team as Team
