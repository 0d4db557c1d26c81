"""Mail: once, in its hour, and whatever the server does."""

import socketserver
import threading
from contextlib import contextmanager
from datetime import date, time, timedelta

import pytest
from django.core import mail
from django.core.mail import get_connection
from django.test import Client

from pesue.people.models import Invitation, Member, Organisation
from pesue.reach import messages, steps
from pesue.reach.actions import sending
from pesue.reach.actions.line import choose, queue
from pesue.reach.kinds import KINDS, SIGN_IN, Kind
from pesue.reach.models import Message
from pesue.reach.steps import forget, release_stuck, send_mail
from tests.make import NOON
from tests.make.people import a_member, a_team, an_organisation

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
NUDGE = Kind("test-nudge", "Something to try")


@pytest.fixture(autouse=True)
def _home(monkeypatch):
    monkeypatch.setitem(KINDS, NUDGE.key, NUDGE)
    an_organisation()


def a_message(kind: Kind = NUDGE, *, member: Member | None = None, **how) -> Message:
    once = f"test:{Message.objects.count()}"
    how = {"subject": "Hello", "text": "Words", "language": "en", "now": NOON} | how
    queue(kind, once, to=member or a_member(), **how)
    return Message.objects.get(once=once)


@contextmanager
def a_server(**answers: bytes | None):
    """An SMTP server that says what the test wants to RCPT, or to the end of DATA;
    None: it hangs up instead of answering."""
    taken: list[str] = []

    class Talk(socketserver.StreamRequestHandler):
        def handle(self):
            self.wfile.write(b"220 here\r\n")
            while line := self.rfile.readline():
                word = line.split()[0].upper().decode().lower()
                said = answers.get(word, {"data": b"354 go"}.get(word, b"250 ok"))
                if said is None:
                    return
                self.wfile.write(said + b"\r\n")
                if word == "data" and said.startswith(b"354"):
                    text = b""
                    while (one := self.rfile.readline()) != b".\r\n":
                        text += one
                    taken.append(text.decode())
                    end = answers.get("end", b"250 taken")
                    if end is None:
                        return
                    self.wfile.write(end + b"\r\n")
                if word == "quit":
                    return

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.server_address[1], taken
        finally:
            server.shutdown()


@pytest.fixture
def by_smtp(settings):
    def point(port: int) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_TIMEOUT = 5

    return point


def test_one_reason_one_mail():
    ana = a_member()
    words = {"language": "en", "subject": "x", "text": "y", "now": NOON}
    assert queue(NUDGE, "impact:1:5", to=ana, **words)
    assert not queue(NUDGE, "impact:1:5", to=ana, **words)
    send_mail(NOON)
    send_mail(NOON)
    assert len(mail.outbox) == 1


def test_no_header_is_smuggled_in_by_a_subject():
    a_message(subject="Hello\r\nBcc: all@example.org")
    send_mail(NOON)
    assert "\n" not in mail.outbox[0].subject


@pytest.mark.parametrize("kind", [NUDGE, SIGN_IN])
def test_what_is_not_asked_for_can_be_stopped_by_one_click(kind):
    message = a_message(kind)
    send_mail(NOON)
    headers = mail.outbox[0].extra_headers
    assert ("List-Unsubscribe" in headers) == (kind is NUDGE)
    if kind is NUDGE:
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        path = headers["List-Unsubscribe"].strip("<>").partition("localhost:8000")[2]
        strict = Client(enforce_csrf_checks=True)
        assert strict.get(path).status_code == 200
        assert not message.member.unsubscriptions.exists()  # a scanner only looked
        one_click = {"List-Unsubscribe": "One-Click"}
        assert strict.post(path, one_click).status_code == 200
        again = a_message(member=message.member)
        send_mail(NOON)
        again.refresh_from_db()
        assert again.state == "dropped"
        assert strict.get(f"{path}x").status_code == 404


# --- Hours


@pytest.mark.parametrize(
    ("at", "hours", "opens"),
    [
        (NOON, (time(8), time(16)), NOON),
        (NOON + timedelta(hours=8), (time(8), time(16)), NOON + timedelta(hours=18)),
        # Friday 20:00 waits for Monday 8:00, Helsinki being two hours ahead
        (
            NOON + timedelta(days=4, hours=6),
            (time(8), time(16)),
            NOON + timedelta(days=6, hours=18),
        ),
        # a night shift's hours pass midnight
        (NOON, (time(22), time(6)), NOON + timedelta(hours=8)),
        (NOON + timedelta(hours=15), (time(22), time(6)), NOON + timedelta(hours=15)),
        (NOON, (time(0), time(0)), NOON),
    ],
)
def test_nudges_wait_for_open_hours(at, hours, opens):
    Organisation.objects.update(open_from=hours[0], open_until=hours[1])
    message = a_message()
    send_mail(at)
    message.refresh_from_db()
    if opens == at:
        assert message.state == "sent"
    else:
        assert (message.state, message.not_before) == ("waiting", opens)


def test_a_team_has_hours_of_its_own():
    night = a_team()
    night.open_from, night.open_until = time(22), time(6)
    night.save()
    message = a_message(member=a_member(team=a_team(parent=night)))
    send_mail(NOON)
    message.refresh_from_db()
    assert message.state == "waiting"


def test_sign_in_links_wait_for_nothing():
    ana = a_member(paused_until=date(2026, 12, 24))
    message = a_message(SIGN_IN, member=ana)
    send_mail(NOON + timedelta(hours=12))
    message.refresh_from_db()
    assert message.state == "sent"


@pytest.mark.parametrize(
    "fields",
    [
        {"paused_until": date(2026, 3, 9)},
        {"state": Member.State.LEFT},
        {"state": Member.State.ERASED},
    ],
)
def test_no_nudge_on_a_pause_or_after_leaving(fields):
    message = a_message(member=a_member(**fields))
    send_mail(NOON)
    message.refresh_from_db()
    assert (message.state, message.text) == ("dropped", "")
    assert not mail.outbox


def test_what_is_too_late_is_dropped():
    message = a_message(SIGN_IN, ends_at=NOON + timedelta(minutes=15))
    send_mail(NOON + timedelta(minutes=20))
    message.refresh_from_db()
    assert message.state == "dropped"


def test_a_slow_turn_leaves_no_mail_that_looks_stuck(monkeypatch):
    for _ in range(2):
        a_message()
    clock = iter([0.0, 0.0, 900.0])
    monkeypatch.setattr(steps, "monotonic", lambda: next(clock))
    send_mail(NOON)
    later = Message.objects.order_by("pk").last()
    assert later.state_since == NOON + timedelta(minutes=15)
    assert len(mail.outbox) == 2


def test_a_mail_released_while_it_was_sent_stops_no_other(monkeypatch):
    first, second = a_message(), a_message()
    compose = sending.compose

    def slow(message):
        if message.pk == first.pk:
            Message.objects.filter(pk=first.pk).update(state="unknown")
        return compose(message)

    monkeypatch.setattr(sending, "compose", slow)
    send_mail(NOON)
    second.refresh_from_db()
    assert second.state == "sent"


def test_no_way_in_is_kept_in_a_row():
    a_door = Invitation.objects.create(
        email="bo@example.org", at=NOON, ends_at=NOON + timedelta(days=14)
    )
    messages.invitation(a_door, now=NOON)
    assert a_door.token in Message.objects.get().text
    with a_server(rcpt=b"550 no such user") as (port, _taken):
        sending.send(
            Message.objects.get(),
            get_connection(
                "django.core.mail.backends.smtp.EmailBackend",
                host="127.0.0.1",
                port=port,
            ),
            now=NOON,
        )
    row = Message.objects.get()
    assert row.state == "failed"
    assert a_door.token not in str(vars(row))


# --- Servers


@pytest.mark.parametrize(
    ("answers", "kind", "state"),
    [
        ({}, NUDGE, "sent"),
        ({"rcpt": b"550 5.1.1 no such user"}, NUDGE, "failed"),
        ({"rcpt": b"451 4.7.1 try later"}, NUDGE, "waiting"),
        ({"data": b"554 no"}, NUDGE, "failed"),
        ({"end": b"452 full"}, NUDGE, "waiting"),
        ({"end": None}, NUDGE, "unknown"),  # it may have the mail
        ({"end": None}, SIGN_IN, "waiting"),  # twice is better than never
    ],
)
def test_what_the_server_says_is_remembered(by_smtp, answers, kind, state):
    message = a_message(kind)
    with a_server(**answers) as (port, taken):
        by_smtp(port)
        send_mail(NOON)
    message.refresh_from_db()
    assert message.state == state
    assert bool(message.why) == (state != "sent")
    assert len(taken) == ("end" in answers or not answers)
    if state == "waiting":
        assert message.not_before > NOON


def test_a_repeat_bears_the_same_message_id(by_smtp):
    a_message(SIGN_IN)
    with a_server(end=None) as (port, first):
        by_smtp(port)
        send_mail(NOON)
    with a_server() as (port, second):
        by_smtp(port)
        send_mail(NOON + timedelta(minutes=5))
    ids = [
        [line for line in text.splitlines() if line.startswith("Message-ID")]
        for text in (*first, *second)
    ]
    assert len(ids) == 2
    assert ids[0] == ids[1]


def test_without_a_server_all_wait_and_go_later(by_smtp):
    nudge, link = a_message(), a_message(SIGN_IN)
    with a_server() as (port, _taken):
        pass  # it has gone
    by_smtp(port)
    send_mail(NOON)
    for message in (nudge, link):
        message.refresh_from_db()
        assert (message.state, message.tries) == ("waiting", 1)
        assert message.not_before > NOON
    with a_server() as (port, taken):
        by_smtp(port)
        send_mail(NOON + timedelta(minutes=10))
    assert len(taken) == 2


@pytest.mark.parametrize(("kind", "state"), [(NUDGE, "unknown"), (SIGN_IN, "waiting")])
def test_a_worker_killed_in_mid_send(kind, state, monkeypatch):
    message = a_message(kind)

    def killed(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr(sending, "compose", killed)
    with pytest.raises(KeyboardInterrupt):
        send_mail(NOON)
    monkeypatch.undo()
    monkeypatch.setitem(KINDS, NUDGE.key, NUDGE)
    send_mail(NOON)  # another worker does not touch it
    release_stuck(NOON + timedelta(minutes=11))
    message.refresh_from_db()
    assert (message.state, len(mail.outbox)) == (state, 0)


def test_two_workers_send_one_mail_once():
    message = a_message()
    twin = Message.objects.get(pk=message.pk)
    connection = get_connection()
    sending.send(message, connection, now=NOON)
    sending.send(twin, connection, now=NOON)
    assert len(mail.outbox) == 1


def test_old_rows_are_forgotten():
    message = a_message()
    send_mail(NOON)
    assert forget(NOON + timedelta(days=89)) == 0
    assert forget(NOON + timedelta(days=91)) == 1
    assert not Message.objects.filter(pk=message.pk).exists()


def test_choosing_which_mail_one_wants():
    ana = a_member()
    choose(ana, [], now=NOON)
    assert NUDGE.key in ana.unsubscriptions.values_list("kind", flat=True)
    assert SIGN_IN.key not in ana.unsubscriptions.values_list("kind", flat=True)
    client = Client()
    client.force_login(ana)
    client.post("/settings/mail", {"kinds": [NUDGE.key]})
    assert not ana.unsubscriptions.filter(kind=NUDGE.key).exists()
    assert client.get("/settings/mail").status_code == 200
