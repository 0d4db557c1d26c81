import io

import pytest
import segno
from django.test import Client
from PIL import Image

from pesue.sharing.actions.links import make_link
from pesue.sharing.clicks import qr
from tests.make import NOON
from tests.make.people import a_member
from tests.make.sharing import a_share


def test_the_qr_code_says_the_link_and_holds_no_style_or_script():
    url = "https://pesue.example.fi/r/bcd2345"
    drawn = qr.svg(url)
    assert drawn.startswith(b"<?xml")
    assert b"style" not in drawn
    assert b"script" not in drawn
    picture = Image.open(io.BytesIO(qr.png(url))).convert("1")
    code = segno.make_qr(url, error="m")
    side = picture.width // 24
    read = [
        [picture.getpixel((x * 24 + 12, y * 24 + 12)) == 0 for x in range(4, side - 4)]
        for y in range(4, side - 4)
    ]
    assert read == [[bool(dark) for dark in row] for row in code.matrix]


@pytest.mark.django_db
def test_only_i_get_the_code_of_my_share(client: Client):
    share = a_share()
    link = make_link(share, now=NOON)
    client.force_login(share.member)
    drawn = client.get(f"/shares/{share.pk}/qr.svg")
    assert drawn["Content-Type"] == "image/svg+xml"
    assert drawn.content == qr.svg(f"http://localhost:8000/r/{link.slug}")
    assert client.get(f"/shares/{share.pk}/qr.png").content.startswith(b"\x89PNG")
    client.force_login(a_member())
    assert client.get(f"/shares/{share.pk}/qr.svg").status_code == 404


@pytest.mark.django_db
def test_a_share_without_a_link_has_no_code(client: Client):
    share = a_share()
    client.force_login(share.member)
    assert client.get(f"/shares/{share.pk}/qr.svg").status_code == 404
