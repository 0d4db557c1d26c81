"""What stands against rules that would catch talk of pay, conditions or criticism."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Law:
    name: str | Promise
    says: str | Promise
    source: str


LAWS: dict[str, Law] = {
    "pay": Law(
        _("Pay transparency, Directive (EU) 2023/970, article 7"),
        _(
            "Workers may not be kept from telling what they are paid, so that equal "
            "pay can be claimed."
        ),
        "https://eur-lex.europa.eu/eli/dir/2023/970/oj",
    ),
    "conditions": Law(
        _("Charter of Fundamental Rights of the EU, articles 12 and 28"),
        _("People may join together, form unions and speak up about their work."),
        "https://eur-lex.europa.eu/eli/treaty/char_2012/oj",
    ),
    "critique": Law(
        _("Freedom of expression, Charter of Fundamental Rights of the EU, article 11"),
        _(
            "An employee owes loyalty, not silence: honest criticism is allowed, and "
            "no rule may forbid it whole."
        ),
        "https://eur-lex.europa.eu/eli/treaty/char_2012/oj",
    ),
    "everything": Law(
        _("Protection of those who report, Directive (EU) 2019/1937"),
        _(
            "No rule may keep people from reporting a breach of law. Name what is "
            "secret, and why, instead of all."
        ),
        "https://eur-lex.europa.eu/eli/dir/2019/1937/oj",
    ),
}


IN_THE_US = Law(
    _("National Labor Relations Act, section 7"),
    _(
        "Employees may talk with each other and in public about pay and conditions; a "
        "rule that a reader may take to forbid it is unlawful, even if it says less."
    ),
    "https://www.nlrb.gov/about-nlrb/rights-we-protect/your-rights/employee-rights",
)


def law_in(country: str, key: str) -> Law | None:
    """What stands against a rule where the organisation is; `key` is one of LAWS."""
    if country == "US" and key in {"pay", "conditions", "critique"}:
        return IN_THE_US
    return LAWS.get(key)


def law_against(cues: set[str]) -> str:
    """The key of the law that an over-broad sentence with these cues meets first."""
    for cue in ("pay", "conditions"):
        if cue in cues:
            return cue
    if "everything" in cues and not cues & {"critique", "positive", "repute"}:
        return "everything"
    return "critique"
