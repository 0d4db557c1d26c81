"""Files as we like them best, to fill in: the same in each of our languages."""

_VISITS = """{0};{1};{2}
https://www.example.org/news/water;2026-03-02;128
https://www.example.org/news/water;2026-03-03;64
https://www.example.org/news/ovens;2026-03-02;31
"""
_AFTERWARDS = """{0};{1};{2};{3}
application;2026-03-02;Ab3kZ9q;1
lead;2026-03-02;Ab3kZ9q;2
ticket;2026-03-03;x7Ypw2M;4
"""
_CHANNELS = """{0};{1};{2};{3};{4}
LinkedIn;2026-03-02;4200;6100;75
Instagram;2026-03-02;1800;;12
LinkedIn;2026-03-03;3900;5200;60
"""

SAMPLES = {
    "visits": {
        "fi": _VISITS.format("osoite", "päivä", "käynnit"),
        "sv": _VISITS.format("adress", "dag", "besök"),
        "en": _VISITS.format("address", "day", "visits"),
    },
    "afterwards": {
        "fi": _AFTERWARDS.format("laji", "päivä", "tunniste", "määrä"),
        "sv": _AFTERWARDS.format("slag", "dag", "länk", "antal"),
        "en": _AFTERWARDS.format("kind", "day", "id", "number"),
    },
    "channels": {
        "fi": _CHANNELS.format(
            "kanava", "päivä", "tavoittavuus", "näyttökerrat", "klikkaukset"
        ),
        "sv": _CHANNELS.format("kanal", "dag", "räckvidd", "visningar", "klick"),
        "en": _CHANNELS.format("channel", "day", "reach", "impressions", "clicks"),
    },
}
"""By what they are about, and by language."""
