"""The servers themselves: does each do what our tests take for granted?"""

import smtplib
from email.message import EmailMessage

import httpx
from playwright.sync_api import Page

from tests.peers.browsers import violations
from tests.peers.started import Mailbox, Mastodon, Pds


def test_mastodon_posts_and_fails_when_told(mastodon: Mastodon) -> None:
    def post(text: str) -> int:
        how = {"json": {"status": text}}
        return mastodon.ask("POST", "/api/v1/statuses", **how).status_code

    mastodon.fault(type="status", status=503)
    assert [post("one"), post("two")] == [503, 200]
    assert "two" in mastodon.statuses()[0]["content"]


def test_a_pds_account_signs_in_by_its_app_password(pds: Pds) -> None:
    account = pds.account()
    session = httpx.post(
        f"{pds.url}/xrpc/com.atproto.server.createSession",
        json={"identifier": account.handle, "password": account.app_password},
    )
    assert session.json()["did"] == account.did
    assert pds.posts(account) == []


def test_the_mailbox_keeps_what_was_sent(mailbox: Mailbox) -> None:
    mail = EmailMessage()
    mail["To"], mail["From"], mail["Subject"] = "ana@x.test", "p@x.test", "Hei, äö"
    mail.set_content("Kuka kissan hännän nostaa")
    with smtplib.SMTP(mailbox.host, mailbox.port) as smtp:
        smtp.send_message(mail)
    assert mailbox.awaited("ana@x.test")["Subject"] == "Hei, äö"


def test_axe_sees_a_picture_without_words(page: Page) -> None:
    page.set_content(
        '<html lang="en"><title>x</title><main><h1>x</h1><img src="data:">'
    )
    assert [found.split(":")[0] for found in violations(page)] == ["image-alt"]
