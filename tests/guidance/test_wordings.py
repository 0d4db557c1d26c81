import pytest

from pesue.guidance.wordings import NoWording, configured, usable


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Ask the owner first.", "Ask the owner first."),
        ("“Ask the owner first.”\n", "Ask the owner first."),
        ("- Kysy ensin aiheen omistajalta.", "Kysy ensin aiheen omistajalta."),
    ],
)
def test_one_sentence_is_of_use(said: str, found: str) -> None:
    assert usable(said, "Do not speak.") == found


@pytest.mark.parametrize(
    "said",
    ["", None, "Yes.", "One line here.\nAnd another one.", "x " * 300, "do not speak."],
)
def test_rubbish_is_not(said: object) -> None:
    with pytest.raises(NoWording):
        usable(said, "Do not speak.")


def test_there_is_no_model_unless_an_administrator_names_one(monkeypatch) -> None:
    monkeypatch.delenv("PESUE_MODEL_URL", raising=False)
    assert configured() is None
    monkeypatch.setenv("PESUE_MODEL_URL", "http://localhost:8080/v1/")
    endpoint = configured()
    assert endpoint
    assert endpoint.url == "http://localhost:8080/v1"
