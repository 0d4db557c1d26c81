"""The only way from a request to a case."""

from django.shortcuts import get_object_or_404

from pesue.example.models import Case


def case(case_id: int) -> Case:
    return get_object_or_404(Case, pk=case_id)
