import gzip
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

import pesue
from pesue.pages import handbook, palette
from pesue.sharing.statistics import VISITS
from pesue.templatetags import plots
from pesue.templatetags.pesue_look import unit_of
from tests.make.people import a_lead, a_member, an_organisation

pytestmark = pytest.mark.django_db
GROUNDS = ("ground", "surface", "soft")
CSS = Path(pesue.__file__).parent / "static/pesue/pesue.css"


def test_a_stranger_is_led_to_the_first_run_then_to_sign_in(client):
    assert client.get("/").url == reverse("welcome")
    an_organisation("Saariston Leipä")
    page = client.get("/").content.decode()
    assert "Saariston Leipä" in page
    assert reverse("account_login") in page


def test_the_demo_lets_one_choose_and_a_real_house_does_not(client):
    organisation = an_organisation()
    assert client.get("/demo").status_code == 404
    organisation.demo = True
    organisation.save()
    assert client.get("/").url == "/demo"
    assert client.get("/demo").content.decode().count('name="who"') == 3


def test_every_page_leads_to_the_source_of_this_version(client, settings):
    settings.SOURCE_URL = "https://source.example/pesue"
    an_organisation()
    page = client.get("/").content.decode()
    assert 'href="https://source.example/pesue"' in page
    assert pesue.__version__ in page


def test_the_manifest_names_icons_that_exist(client):
    an_organisation()
    answer = client.get("/manifest.webmanifest")
    manifest = json.loads(answer.content)
    assert answer["Content-Type"] == "application/manifest+json"
    assert manifest["share_target"]["action"] == "/suggest"
    for icon in manifest["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/"))


def test_the_worker_keeps_only_the_shell(client):
    an_organisation()
    client.force_login(a_member("Aino Aalto"))
    script = client.get("/service-worker.js").content.decode()
    kept = re.search(r"FILES = \[(.*)\]", script)[1].replace('"', "").split(", ")
    assert kept[-1] == "/offline"
    for file in kept[:-1]:
        found = json.loads(f'"{file}"')  # as the script reads it
        assert finders.find(found.removeprefix("/static/")), file
    assert "Aino" not in script


def test_a_member_changes_the_language_for_good(client):
    an_organisation()
    member = a_member(language="en")
    client.force_login(member)
    answer = client.post("/language", {"language": "sv", "next": "/docs/"})
    member.refresh_from_db()
    assert (answer.url, member.language) == ("/docs/", "sv")


@pytest.mark.parametrize("bad", ["https://evil.example/", "//evil.example", ""])
def test_the_language_switch_leads_nowhere_else(client, bad):
    assert client.post("/language", {"language": "fi", "next": bad}).url == "/"


def test_an_unknown_language_changes_nothing(client):
    assert "django_language" not in client.post("/language", {"language": "xx"}).cookies


def test_the_documents_are_served_and_clean(client):
    an_organisation()
    assert "architecture" in handbook.names()
    page = client.get("/docs/architecture").content.decode()
    assert "<script>" not in page.split("<main")[1]
    for name in handbook.names():
        assert reverse("doc", args=[name]) in client.get("/docs/").content.decode()
        assert client.get(f"/docs/{name}").status_code == 200
    assert client.get("/docs/no-such").status_code == 404
    assert client.get("/docs/no-such.png").status_code == 404


@pytest.mark.parametrize(
    "wanted", ["#9c3d21", "#ffd500", "#003580", "#000000", "#ffffff", "#7fff00"]
)
def test_any_accent_is_made_readable(wanted):
    light, dark = palette.for_light(wanted), palette.for_dark(wanted)
    for ground in ("#ffffff", palette.LIGHT_GROUND):
        assert palette.contrast(light.colour, ground) >= 4.5
    assert palette.contrast(light.colour, light.on) >= 4.5
    for ground in ("#171412", palette.DARK_SURFACE):
        assert palette.contrast(dark.colour, ground) >= 4.5
    assert palette.contrast(dark.colour, dark.on) >= 4.5


def test_our_own_colours_can_be_read():
    """Each word's colour on each ground it stands on, in light and in dark."""
    light, dark = re.findall(r":root \{(.*?)\n\s*\}", CSS.read_text(), re.DOTALL)[:2]
    for sheet in (light, dark):
        is_ = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", sheet))
        full = {
            name: value if len(value) == 7 else "#" + "".join(c * 2 for c in value[1:])
            for name, value in is_.items()
        }
        pairs = [(word, on) for word in ("ink", "muted", "accent") for on in GROUNDS]
        pairs += [("on-accent", "accent"), ("accent", "accent-soft")]
        pairs += [("ink", "accent-soft")]
        for kind in ("ok", "warn", "refusal", "info"):
            pairs += [
                (kind, f"{kind}-soft"),
                ("ink", f"{kind}-soft"),
                (kind, "surface"),
            ]
        for word, on in pairs:
            assert palette.contrast(full[word], full[on]) >= 4.5, (word, on)
        for on in GROUNDS:
            assert palette.contrast(full["edge"], full[on]) >= 3, on


def test_the_accent_sheet_takes_colours_only(client):
    sheet = client.get("/look/ffd500.css")
    assert sheet["Content-Type"].startswith("text/css")
    assert "--accent:" in sheet.content.decode()
    assert client.get("/look/red;}.css").status_code == 404


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "429", "500"])
def test_error_pages_render_without_anything_around(code, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = render_to_string(f"{code}.html")
    assert page.count('lang="') == 3


def test_the_sheet_stays_light():
    assert len(gzip.compress(CSS.read_bytes())) <= 12_000


def test_a_page_deep_in_a_room_says_in_which_it_is(client):
    an_organisation()
    client.force_login(a_lead())
    rooms = {"/coverage": "/guidance", "/course": "/guidance", "/trials": "/desk"}
    for path, room in rooms.items():
        page = client.get(path).content.decode()
        assert f'href="{room}" aria-current="page"' in page


def test_lines_across_a_plot_are_whole_numbers():
    for most in (5, 9, 10, 25, 30, 47, 100, 101, 2500, 1_234_567):
        ticks = [int(tick.text) for tick in plots.bars([("a", most)]).across]
        assert ticks[-1] >= most
        assert len({b - a for a, b in pairwise(ticks)}) == 1


def test_one_visit_is_not_one_visits():
    with translation.override("fi"):
        told = [unit_of(VISITS, number) for number in (0, 1, 2, None)]
    assert told == ["käyntiä", "käynti", "käyntiä", "käyntiä"]
