"""Points and money in words: {{ transfer.amount|amount:transfer.unit }}."""

from django import template

from pesue.encouragement.amounts import in_words

register = template.Library()


@register.filter
def amount(number: int, unit: str) -> str:
    return in_words(number, unit)
