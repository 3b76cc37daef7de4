"""What can be asked: our engine over an index of its own, and which names open what."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.places import SOURCES_FOLDER
from bot.settings import Settings, load_settings
from evals.cases import Turn, source_text
from evals.remote import Server
from evals.systems import System, open_system
from tests.bot.corpus import index_of
from tests.stand_ins import HashingEncoder

ASKED = "Bộ trưởng nêu cho Hậu Giang bao nhiêu doanh nghiệp công nghệ số?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the indexes are made."""
    return tmp_path_factory.mktemp("lượt")


@pytest.fixture(scope="module")
def settings(folder: Path) -> Settings:
    """Without a language model, at home beside the indexes."""
    return load_settings(home=folder / "nhà", llm="none")


@pytest.fixture(scope="module")
def ours(folder: Path, settings: Settings) -> Iterator[System]:
    """Our engine over the shipped documents, embedding by hashing; an index of other documents was there before."""
    index_of(folder).close()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("evals.systems.open_embedder", lambda settings: HashingEncoder())
        opened = open_system("ours", settings, folder)
        opened.warm()
        yield opened


def test_our_engine_tells_what_it_is(ours: System, settings: Settings) -> None:
    assert (ours.name, ours.model, ours.settings, ours.searches) == ("ours", "", settings.digest, True)


def test_our_search_gives_exact_places_best_first(ours: System) -> None:
    found = ours.search(ASKED, 20)
    assert len(found) == len(set(found)) == 20
    best = found[0]
    assert best.document == "2020-06-25-hau-giang.md"
    assert "700 doanh nghiệp công nghệ số" in source_text(best.document)[best.start : best.end]
    assert all(0 <= one.start < one.end <= len(source_text(one.document)) for one in found)
    assert ours.search(ASKED, 3) == found[:3]


def test_our_answer_quotes_the_shipped_documents(ours: System, settings: Settings) -> None:
    answer = ours.answer(ASKED, ())
    assert (answer.question, answer.abstained, answer.settings) == (ASKED, False, settings.digest)
    assert answer.citations
    for citation in answer.citations:
        assert source_text(citation.source)[citation.start : citation.end] == citation.quote


def test_our_engine_remembers_nothing_of_a_conversation(ours: System) -> None:
    history = (Turn(question="Đồng Tháp phát hành bao nhiêu bản báo?", answer="7.000 bản."),)
    alone, after = ours.answer(ASKED, ()), ours.answer(ASKED, history)
    assert (after.text, after.evidence) == (alone.text, alone.evidence)


def test_our_engine_searches_the_shipped_documents_alone(ours: System) -> None:
    found = ours.search("Hậu Giang, Đồng Tháp, Thái Nguyên, Bà Rịa - Vũng Tàu, Sông Lam, giao ban quý 1", 1000)
    assert {one.document for one in found} == {file.name for file in SOURCES_FOLDER.glob("*.md")}


def test_the_index_in_use_is_not_touched(ours: System, settings: Settings) -> None:
    assert ours.searches
    assert not settings.home.exists()


def test_an_address_opens_a_server_without_asking_it(tmp_path: Path) -> None:
    system = open_system("http://127.0.0.1:1/", load_settings(), tmp_path)
    assert isinstance(system, Server)
    assert (system.name, system.searches) == ("http://127.0.0.1:1", False)


@pytest.mark.parametrize("name", ["", "our", "OURS", "baselines", "ftp://máy", "127.0.0.1:7860"])
def test_another_name_is_refused_with_those_that_exist(name: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=f"«{name}»") as refused:
        open_system(name, load_settings(), tmp_path)
    assert "ours, baseline" in str(refused.value)
    assert list(tmp_path.iterdir()) == []
