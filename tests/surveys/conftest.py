import pytest
from django.core.cache import cache

from tests.make.people import a_lead, an_organisation
from tests.surveys.experts import signed_in


@pytest.fixture
def house(db, settings, tmp_path):
    """An organisation that writes mails the test can read."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.ADDRESS = "https://house.example"
    settings.DATA = tmp_path
    cache.clear()
    an_organisation()


@pytest.fixture
def lead(house):
    return signed_in(a_lead(language="en"))
