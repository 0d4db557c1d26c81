"""What the made documents say, in three languages: the same parts in the same order."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    language: str
    title: str
    aim: list[str]  # sentences of one paragraph
    lead: str  # a line that a list hangs on
    banned: list[str]
    steps_title: str
    steps: list[str]
    head: list[str]  # of a table
    rows: list[list[str]]
    end: list[str]
    note: str  # a footnote
    furniture: list[str]  # a running head, a foot, a menu

    @property
    def sentences(self) -> list[str]:
        """All that is said, as it should come back, but for the footnote."""
        cells = [cell for row in [self.head, *self.rows] for cell in row]
        steps = [one for step in self.steps for one in re.split(r"(?<=\.) ", step)]
        return [
            *(self.title, *self.aim, self.lead, *self.banned),
            *(self.steps_title, *steps, *cells, *self.end),
        ]


ENGLISH = Said(
    language="en",
    title="Social media guideline",
    aim=[
        "You may tell about your own work in your own words, and you need not ask "
        "anyone first.",
        "On Facebook and LinkedIn you speak as yourself, e.g. about a day at work.",
    ],
    lead="Never share:",
    banned=[
        "customers\u2019 names, addresses or pictures without their consent",
        "Figures that have not been published",
        "Colleagues\u2019 health or leave",
    ],
    steps_title="Before you post",
    steps=[
        "Read your text aloud once.",
        "Ask a colleague if you are unsure. They will gladly help.",
    ],
    head=["Topic", "Ask first"],
    rows=[
        ["Prices and offers", "the sales team"],
        ["Requests from journalists", "Liisa Virtanen, communications"],
    ],
    end=[
        "We call this the \u201cfront page test\u201d, and it has served us well.",
        "Send questions to some@harbour.example.",
    ],
    note="The law on data protection binds us all.",
    furniture=["Harbour Ltd \u2013 internal", "Version 2.1, 12 March 2014"],
)
FINNISH = Said(
    language="fi",
    title="Sosiaalisen median ohje",
    aim=[
        "Saat kertoa omasta työstäsi omin sanoin, eikä siihen tarvitse kysyä lupaa "
        "keneltäkään.",
        "Facebookissa ja LinkedInissä puhut omana itsenäsi esim. työpäivästäsi.",
    ],
    lead="Älä koskaan jaa:",
    banned=[
        "asiakkaiden nimiä, osoitteita tai kuvia ilman heidän suostumustaan",
        "Julkaisemattomia lukuja",
        "Työkavereiden terveystietoja tai poissaoloja",
    ],
    steps_title="Ennen kuin julkaiset",
    steps=[
        "Lue tekstisi kerran ääneen.",
        "Kysy työkaverilta, jos epäröit. Hän auttaa mielellään.",
    ],
    head=["Aihe", "Kysy ensin"],
    rows=[
        ["Hinnat ja tarjoukset", "myyntitiimi"],
        ["Toimittajien yhteydenotot", "Liisa Virtanen, viestintä"],
    ],
    end=[
        "Tätä kutsumme \u201detusivun testiksi\u201d, ja se on palvellut meitä hyvin.",
        "Lähetä kysymykset osoitteeseen some@satama.example.",
    ],
    note="Tietosuojalaki sitoo meitä kaikkia.",
    furniture=["Satama Oy \u2013 sisäinen", "Versio 2.1, 12.3.2014"],
)
SWEDISH = Said(
    language="sv",
    title="Riktlinjer för sociala medier",
    aim=[
        "Du får berätta om ditt eget arbete med egna ord, och du behöver inte fråga "
        "någon först.",
        "På Facebook och LinkedIn talar du som dig själv, t.ex. om en dag på jobbet.",
    ],
    lead="Dela aldrig:",
    banned=[
        "kundernas namn, adresser eller bilder utan deras samtycke",
        "Siffror som inte har offentliggjorts",
        "Kollegers hälsa eller frånvaro",
    ],
    steps_title="Innan du publicerar",
    steps=[
        "Läs din text högt en gång.",
        "Fråga en kollega om du är osäker. Hen hjälper gärna.",
    ],
    head=["Ämne", "Fråga först"],
    rows=[
        ["Priser och erbjudanden", "säljteamet"],
        ["Frågor från journalister", "Liisa Virtanen, kommunikation"],
    ],
    end=[
        "Vi kallar detta \u201dförstasidestestet\u201d, och det har tjänat oss väl.",
        "Skicka frågor till some@hamnen.example.",
    ],
    note="Dataskyddslagen binder oss alla.",
    furniture=["Hamnen Ab \u2013 internt", "Version 2.1, 12.3.2014"],
)
ALL = [ENGLISH, FINNISH, SWEDISH]
