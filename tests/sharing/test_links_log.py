import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pesue.sharing.clicks import log
from pesue.sharing.clicks.log import Click, ClickLog
from pesue.sharing.clicks.segments import Segment, names

CLICK = Click(1_772_452_800_000, 7, "00112233445566ff", "", "phone", "linkedin")


def lines(folder: Path) -> list[bytes]:
    return b"".join((folder / n).read_bytes() for n in names(folder)).splitlines()


@given(
    st.builds(
        Click,
        ms=st.integers(0, 2**53),
        link=st.integers(1, 2**63 - 1),
        visitor=st.binary(min_size=8, max_size=8).map(bytes.hex),
        kind=st.sampled_from(["", "robot", "preview"]),
        device=st.just("phone"),
        source=st.just("x"),
    ),
    st.data(),
)
def test_a_line_says_what_was_written_and_a_damaged_one_says_nothing(click, data):
    text = log.line(click)
    assert log.read(text[:-1]) == click
    place = data.draw(st.integers(0, len(text) - 2))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != text[place]))
    damaged = bytearray(text[:-1])
    damaged[place] = other
    assert log.read(bytes(damaged)) is None
    assert log.read(text[: place + 1][:-1]) is None


def test_threads_and_new_segments_lose_and_mix_nothing(tmp_path):
    kept = ClickLog(tmp_path, sync_every=0.001, most_bytes=2000, longest=0.005)
    written = [0] * 4  # by each thread, until there have been new segments enough

    def write(thread: int) -> None:
        while written[thread] < 3000 or len(names(tmp_path)) < 4:
            click = CLICK._replace(ms=written[thread], link=thread)
            assert kept.write(log.line(click))
            written[thread] += 1

    running = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    kept.close()
    found = [log.read(line) for line in lines(tmp_path)]
    assert sorted((c.link, c.ms) for c in found) == [
        (thread, n) for thread in range(4) for n in range(written[thread])
    ]
    assert not list(tmp_path.glob("*.new"))


def test_a_segment_is_its_writers_as_long_as_the_writer_lives(tmp_path):
    kept = ClickLog(tmp_path)
    kept.write(log.line(CLICK))
    [name] = names(tmp_path)
    segment = Segment(tmp_path / name)
    assert not segment.ended
    assert segment.batch(0).clicks == [CLICK]
    assert not segment.is_read(segment.batch(0).ends)
    kept.close()
    ended = Segment(tmp_path / name)
    assert ended.is_read(ended.batch(0).ends)
    segment.close()
    ended.close()


def test_half_a_line_waits_for_its_writer_and_is_passed_over_after_it(tmp_path):
    path = tmp_path / "clk-1-1-x.log"
    whole = log.line(CLICK)
    path.write_bytes(whole + whole[:20])
    segment = Segment(path)
    first = segment.batch(0)
    assert first == ([CLICK], 0, len(whole), ())
    assert segment.batch(first.ends) == ([], 1, len(whole) + 20, ())
    segment.ended = False
    assert segment.batch(first.ends) is None
    segment.close()


def test_a_folder_taken_away_is_made_again(tmp_path):
    kept = ClickLog(tmp_path / "clicks", longest=0.01)
    [name] = names(tmp_path / "clicks")
    (tmp_path / "clicks" / name).unlink()
    until = time.monotonic() + 5
    while not names(tmp_path / "clicks") and time.monotonic() < until:
        time.sleep(0.01)
    kept.write(log.line(CLICK))
    kept.close()
    assert len(lines(tmp_path / "clicks")) == 1


def test_without_a_folder_the_door_still_opens_and_writes_when_it_can(tmp_path):
    (tmp_path / "clicks").write_text("in the way")
    kept = ClickLog(tmp_path / "clicks", longest=0.01)
    assert not kept.write(log.line(CLICK))
    assert (kept.failed, kept.failing) == (1, True)
    (tmp_path / "clicks").unlink()
    until = time.monotonic() + 5
    while not kept.write(log.line(CLICK)) and time.monotonic() < until:
        time.sleep(0.01)
    assert not kept.failing
    kept.close()
    assert len(lines(tmp_path / "clicks")) == 1


FULL = """
import resource, signal, sys
from pathlib import Path
from pesue.sharing.clicks import log
from pesue.sharing.clicks.door import Door, Way
from pesue.sharing.clicks.visitors import Salts
from zoneinfo import ZoneInfo
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000_000))
kept = log.ClickLog(Path(sys.argv[1]))
door = Door(kept, Salts(lambda day: b"s", ZoneInfo("UTC")), lambda slug: None)
door.learn("b" * 7, Way(1, "https://a.fi"))
answers = [door.follow("b" * 7, "GET", {}, "::1", n).status for n in range(30)]
assert kept.failing
resource.setrlimit(resource.RLIMIT_FSIZE, (1000_000, 1000_000))
answers += [door.follow("b" * 7, "GET", {}, "::1", n).status for n in range(30, 40)]
assert not kept.failing
kept.close()
assert answers == [302] * 40, answers
print(kept.failed)
"""


def test_a_full_disk_stops_no_visitor_and_spoils_no_later_line(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    failed = int(done.stdout)
    clicks = [log.read(line) for line in lines(tmp_path) if line]
    whole = [click.ms // 1000 for click in clicks if click is not None]
    assert failed > 10
    assert len(whole) == 40 - failed
    assert whole[-10:] == list(range(30, 40))
    assert clicks.count(None) <= 1


@pytest.mark.parametrize("text", [b"", b"\x1f", b"\xff\xfe\x1f00", b"a" * 10_000])
def test_garbage_is_no_click(text):
    assert log.read(text) is None
