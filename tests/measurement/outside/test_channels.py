"""The organisation's own posts, as its channels export them."""

import pytest

from pesue.measurement.outside import channels
from pesue.measurement.outside.tables import NotReadable
from tests.make.outside import Read, asked, written

KNOWN = {"linkedin": "linkedin", "instagram": "instagram"}


def read(folder, text, **said):
    path = written(folder, text)
    return Read(folder).by(channels.read, path, KNOWN, asked(**said))


def test_posts_of_a_day_are_added_up_and_what_is_not_told_stays_unknown(tmp_path):
    told = read(
        tmp_path,
        "kanava;päivä;tavoittavuus;näyttökerrat;klikkaukset\n"
        "LinkedIn;2.3.2026;4 200;6 100;75\n"
        "linkedin;2.3.2026;800;;5\n"
        "Our own magazine;3.3.2026;-;12;\n"
        "Yhteensä;;5000;6112;80\n",
    )
    assert told.numbers == {
        ("linkedin", "2026-03-02"): (2, 5000, 6100, 80),
        ("Our own magazine", "2026-03-03"): (1, None, 12, None),
    }
    assert told.found.left["totals"] == 1


def test_an_export_of_one_network_with_a_line_above_its_headings(tmp_path):
    rows = (
        '"Aggregated engagement metrics for your organic posts"\n'
        "Date,Impressions (total),Clicks (total)\n03/02/2026,10,1\n03/25/2026,20,2\n"
    )
    with pytest.raises(NotReadable, match="no channel"):
        read(tmp_path, rows)
    told = read(tmp_path, rows, channel="LinkedIn")
    assert told.numbers[("linkedin", "2026-03-02")] == (1, None, 10, 1)


def test_the_same_post_twice_and_other_lines_that_are_left_out(tmp_path):
    told = read(
        tmp_path,
        "channel,day,clicks,permalink\n"
        "LinkedIn,2026-03-02,5,https://l.example/1\n"
        "LinkedIn,2026-03-02,5,https://l.example/1\n"
        "LinkedIn,2026-03-02,,https://l.example/2\n"
        "LinkedIn,2026-03-02,few,https://l.example/3\n"
        f"{'x' * 41},2026-03-02,1,https://l.example/4\n"
        "ana@example.org,2026-03-02,1,https://l.example/5\n",
    )
    assert told.bad == [
        (3, "twice"),
        (4, "nothing"),
        (5, "number"),
        (6, "channel"),
        (7, "channel"),
    ]


def test_a_file_with_too_many_channels_is_not_one_of_channels(tmp_path):
    rows = "".join(f"c{n},2026-03-02,1\n" for n in range(60))
    told = read(tmp_path, f"channel,day,clicks\n{rows}")
    assert len(told.numbers) == channels.MOST_CHANNELS
    assert told.found.bad_lines == 10
