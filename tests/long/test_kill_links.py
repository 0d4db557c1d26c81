import pytest

from tests.sharing.test_links_killed import killed

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("seed", [11])
def test_twenty_kills_of_the_links_server(tmp_path, settings, seed):
    killed(tmp_path, settings, server_kills=20, ingester_kills=0, seed=seed, most=1500)


def test_eight_kills_of_the_ingester(tmp_path, settings):
    killed(tmp_path, settings, server_kills=0, ingester_kills=8, seed=12, most=1500)
