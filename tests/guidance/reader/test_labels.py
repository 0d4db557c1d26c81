"""The labels of plain sentences, a table for each language."""

import re
import tomllib

import pytest

from pesue.guidance.reader import LAWS, law_in, linked, read
from pesue.guidance.reader.cues import HERE

EXAMPLES = """
en do    | Feel free to tell people where you work.
en do    | Don't hesitate to join the discussion.
en do    | Please credit the photographer.
en do    | You may discuss your pay with anyone you like.
en dont  | Do not publish photos of patients.
en dont  | No selfies on the production line.
en dont  | Using the logo on private profiles is not permitted.
en dont  | Refrain from commenting on ongoing litigation.
en neutral | This policy applies to all employees.
en neutral | What is social media?
en value | We believe that openness builds trust.
en overbroad | Never criticise management.
en overbroad | Salary is confidential and must not be discussed with colleagues.
fi do    | Älä epäröi kysyä neuvoa.
fi do    | Kuvattavilta pyydetään aina lupa.
fi do    | Voit jakaa kaupungin julkaisuja omassa profiilissasi.
fi dont  | Älä julkaise potilaiden kuvia.
fi dont  | Asiakkaan tietoja ei saa jakaa.
fi dont  | Keskeneräisiä asioita ei kommentoida.
fi dont  | Pidättäydy kommentoimasta meneillään olevaa oikeudenkäyntiä.
fi neutral | Tämä ohje koskee koko henkilöstöä.
fi neutral | Mitä some on?
fi value | Uskomme, että avoimuus lisää luottamusta.
fi overbroad | Johtoa ei saa arvostella.
sv do    | Tveka inte att be om råd.
sv do    | Berätta gärna var du arbetar.
sv dont  | Kunders uppgifter får inte spridas.
sv dont  | Mata inte trollen.
sv dont  | Det är förbjudet att röja affärshemligheter.
sv neutral | Denna anvisning gäller hela personalen.
sv value | Vi tror att öppenhet skapar förtroende.
sv overbroad | Ledningen får inte kritiseras.
"""
ROWS = [line.split(" ", 2) for line in EXAMPLES.strip().splitlines()]


@pytest.mark.parametrize(("language", "label", "rest"), ROWS)
def test_a_plain_sentence_gets_its_label(language: str, label: str, rest: str) -> None:
    said = rest.split("|")[1].strip()
    found = read(said, language).sentences
    assert [(one.language, one.label) for one in found] == [(language, label)]


@pytest.mark.parametrize(
    "said",
    [
        "Do not share customers' personal data.",
        "Do not publish trade secrets.",
        "Do not insult colleagues.",
        "You may discuss your pay.",
    ],
)
def test_what_is_rightly_forbidden_or_allowed_is_not_too_far(said: str) -> None:
    assert read(said, "en").sentences[0].label != "overbroad"


def test_an_item_of_a_list_says_what_its_lead_says() -> None:
    text = "Employees must not:\n- share passwords\n- film guests\n\nYou may:\n- share"
    text += " our posts"
    labels = {one.text: one.label for one in read(text, "en").sentences}
    assert labels["film guests"] == labels["share passwords"] == "dont"
    assert labels["share our posts"] == "do"


def test_a_ban_comes_with_what_to_do_and_a_rule_too_far_with_its_law() -> None:
    ban, far = read(
        "Do not publish photos of patients. Never criticise management.", "en"
    ).sentences
    assert ban.instead
    assert not ban.law
    assert far.instead
    assert far.law in LAWS
    assert law_in("FI", far.law) == LAWS[far.law]
    assert "Labor" in str(law_in("US", far.law).name)
    assert law_in("US", "") is None


def test_permission_is_more_enabling_than_duty() -> None:
    may, must = read("You may share our posts.\nYou must log out.", "en").sentences
    assert may.enables
    assert not must.enables


@pytest.mark.parametrize(
    ("language", "enabling", "others"),
    [
        (
            "en",
            "Tell in your own words. Please share what you learned.",
            "Always say that you work here. Tell your manager first.",
        ),
        (
            "fi",
            "Kerro omin sanoin. Jaa onnistumisia.",
            "Kerro aina, että olet meillä töissä. Kerro esihenkilölle ensin.",
        ),
        (
            "sv",
            "Berätta med egna ord. Dela gärna bilder.",
            "Säg alltid var du arbetar. Fråga kommunikationen först.",
        ),
    ],
)
def test_to_be_bidden_to_tell_is_enabling_too(language, enabling, others):
    assert read(enabling, language).score.permissions == 1
    assert read(others, language).score.permissions == 0


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_every_list_of_cues_is_sound(language: str) -> None:
    path = HERE / "cues" / f"{language}.toml"
    for alternatives in tomllib.loads(path.read_text(encoding="utf-8")).values():
        for one in alternatives:
            re.compile(one)


def test_values_are_linked_by_the_stems_of_words() -> None:
    values = [("open", "Openness: we tell things openly"), ("safe", "Safety first")]
    assert linked("Tell openly what you learned", values, "en") == ["open"]
