"""What the composer says while one writes: one thing at a time, kindly. No Django."""

from pesue.guidance.check.disclosure import is_marked as is_marked
from pesue.guidance.check.disclosure import line_of as line_of
from pesue.guidance.check.looking import check as check
from pesue.guidance.check.quiet import Quiet as Quiet
from pesue.guidance.check.quiet import touching as touching
from pesue.guidance.check.shape import Draft as Draft
from pesue.guidance.check.shape import Finding as Finding
from pesue.guidance.check.shape import Known as Known
from pesue.guidance.check.shape import Limits as Limits
from pesue.guidance.check.shape import Rule as Rule
from pesue.guidance.check.shape import Subject as Subject
