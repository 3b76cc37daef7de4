"""The measures by hand, and the whole benchmark on a tiny corpus."""

import json
import math
from pathlib import Path
from typing import Any

import pytest

from bot.errors import SettingsError
from bot.places import embedder_folder
from bot.settings import load_settings
from evals import bench
from evals.bench import Query, rank_documents, read_corpus, score, write_files
from evals.retrieval import MEASURES
from evals.retype import TYPINGS
from index import e5
from index.document import read_document
from index.load import find_files
from index.records import Document, Hit, Passage
from tests.stand_ins import HashingEncoder

_CORPUS = [
    {"id": "nuoc", "title": "Nước_sạch", "text": "Các xã vùng sâu được cấp nước sạch."},
    {"id": "mang", "title": "Hạ tầng: «số»", "text": "Mỗi thôn có cáp quang tốc độ cao."},
    {"id": "v1.2", "title": "Bưu chính", "text": "Bưu điện xã chuyển phát hồ sơ."},
]
_QUERIES = [
    {"id": "q1", "question": "Xã nào được cấp nước sạch?", "relevant": ["nuoc"]},
    {"id": "q2", "question": "Cáp quang tới đâu?", "relevant": ["mang"]},
    {"id": "q3", "question": "Ai chuyển phát hồ sơ?", "relevant": ["v1.2", "nuoc"]},
    {"id": "q4", "question": "Không có câu trả lời?", "relevant": []},
]


def _lines(rows: list[dict[str, Any]]) -> str:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n"


@pytest.fixture
def corpus_folder(tmp_path: Path) -> Path:
    (tmp_path / "corpus.jsonl").write_text(_lines([dict(entry) for entry in _CORPUS]), encoding="utf-8")
    (tmp_path / "queries.jsonl").write_text(_lines(_QUERIES), encoding="utf-8")
    return tmp_path


def test_the_measures_of_a_worked_example() -> None:
    queries = [Query("1", "", ("a",)), Query("2", "", ("b", "c")), Query("3", "", ("d",)), Query("4", "", ("e",))]
    runs = {
        "1": {"a": 0.9, "b": 0.1},
        "2": {"x": 0.9, "b": 0.8, "c": 0.7},  # found second and third
        "3": {},  # nothing found counts 0
        "4": {name: 1 - place / 10 for place, name in enumerate("uvwxye")},  # found sixth
    }
    gain = [1 / math.log2(rank + 1) for rank in range(1, 7)]
    wanted = {
        "R@1": (1 + 0 + 0 + 0) / 4,
        "R@5": (1 + 1 + 0 + 0) / 4,
        "R@10": (1 + 1 + 0 + 1) / 4,
        "MRR@10": (1 + 1 / 2 + 0 + 1 / 6) / 4,
        "nDCG@10": (1 + (gain[1] + gain[2]) / (gain[0] + gain[1]) + 0 + gain[5]) / 4,
    }
    assert score(runs, queries) == pytest.approx(wanted, abs=1e-4)


def test_half_of_the_relevant_found_is_half_the_recall() -> None:
    assert score({"1": {"a": 1.0}}, [Query("1", "", ("a", "b"))])["R@10"] == pytest.approx(0.5)


def test_a_document_ranks_by_its_best_passage() -> None:
    def hit(source: str, value: float) -> Hit:
        return Hit(Passage("p", "d", 0, 1, "", "x"), Document("d", "", source, "0", "x"), value, None, None)

    assert rank_documents([hit("n/v1.2.md", 0.9), hit("n/b.md", 0.8), hit("n/v1.2.md", 0.1)]) == {"v1.2": 0.9, "b": 0.8}


def test_the_corpus_is_read_and_questions_without_an_answer_left_out(corpus_folder: Path) -> None:
    corpus, queries = read_corpus(corpus_folder)
    assert corpus == _CORPUS
    assert [query.id for query in queries] == ["q1", "q2", "q3"]
    assert queries[2].relevant == ("v1.2", "nuoc")


def test_every_entry_becomes_a_document_with_its_title(tmp_path: Path) -> None:
    write_files(_CORPUS, tmp_path)
    documents = {file.path.stem: read_document(file.path)[0] for file in find_files([tmp_path])}
    assert {name: doc.title for name, doc in documents.items()} == {
        "nuoc": "Nước sạch",
        "mang": "Hạ tầng: «số»",
        "v1.2": "Bưu chính",
    }
    assert documents["nuoc"].text.endswith("\n\nCác xã vùng sâu được cấp nước sạch.\n")


@pytest.mark.parametrize("broken", ["", "{", '{"id": "q1"}\n'])
def test_a_folder_of_another_form_is_an_error_that_names_it(corpus_folder: Path, broken: str) -> None:
    path = corpus_folder / "queries.jsonl"
    path.unlink()
    if broken:
        path.write_text(broken, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"queries\.jsonl"):
        read_corpus(corpus_folder)


def _check_shape(result: dict[str, Any]) -> None:
    assert list(result) == ["dense", "lexical", "fused", "speed"]
    for mode in ("dense", "lexical", "fused"):
        assert list(result[mode]) == ["R@1", "R@5", "R@10", "MRR@10", "nDCG@10", "search_ms_median"]
        assert all(0 <= result[mode][name] <= 1 for name in MEASURES)
        assert result[mode]["search_ms_median"] > 0
    assert result["speed"]["passages"] == 3
    assert all(value > 0 for value in result["speed"].values())


def _use_stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "open_embedder", lambda settings: HashingEncoder())


def test_json_holds_every_measure_of_every_mode(
    corpus_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _use_stand_in(monkeypatch)
    assert bench.main(["retrieval", str(corpus_folder), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    _check_shape(result)
    # Each question shares most words with its own entry; q3 has two, of which one can come first.
    assert result["lexical"]["R@1"] == pytest.approx((1 + 1 + 0.5) / 3, abs=1e-4)
    assert result["lexical"]["MRR@10"] == 1


@pytest.mark.parametrize("typing", ["none", "half"])
def test_the_table_has_a_line_for_every_mode(
    corpus_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typing: str
) -> None:
    _use_stand_in(monkeypatch)
    assert bench.main(["retrieval", str(corpus_folder), "--typing", typing]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("|")[1].strip() for line in lines[2:5]] == ["dense", "lexical", "fused"]
    assert "3 passages" in lines[-1]


def test_every_way_of_typing_is_held_against_the_question_as_written(
    corpus_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    _use_stand_in(monkeypatch)
    assert bench.main(["typing", str(corpus_folder), "--svg", str(tmp_path / "chart.svg")]) == 0
    lines = capsys.readouterr().out.splitlines()
    rows = {cells[1]: cells[2:9] for line in lines[2:] if (cells := [cell.strip() for cell in line.split("|")])}
    assert tuple(rows) == TYPINGS
    for same in ("accented", "other_tone", "decomposed", "lower"):
        assert rows[same][3:6] == ["1.000", "1.0000", "0"]
    # Every word of the questions but a few stands in the tiny corpus; those few cannot be restored.
    assert 0.4 < float(rows["none"][4]) < 1
    assert rows["none"][5] == "0"
    chart = (tmp_path / "chart.svg").read_text(encoding="utf-8")
    assert all(f">{typing}<" in chart for typing in TYPINGS)


def test_a_wrong_folder_is_wrong_usage_and_a_missing_model_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BOT_HOME", str(tmp_path / "nhà"))
    monkeypatch.delenv("BOT_EMBEDDER", raising=False)
    assert bench.main(["retrieval", str(tmp_path)]) == 1
    assert "bot models prepare" in capsys.readouterr().err
    _use_stand_in(monkeypatch)
    assert bench.main(["retrieval", str(tmp_path)]) == 2
    assert "corpus.jsonl" in capsys.readouterr().err


def test_an_unknown_way_of_typing_is_wrong_usage(corpus_folder: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        bench.main(["retrieval", str(corpus_folder), "--typing", "khác"])
    assert stopped.value.code == 2


@pytest.mark.models
def test_the_real_model_finds_every_answer_of_the_tiny_corpus(
    corpus_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if not e5.is_prepared(embedder_folder(load_settings())):
        pytest.skip("the embedding model is not prepared; run `bot models prepare`")
    assert bench.main(["retrieval", str(corpus_folder), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    _check_shape(result)
    assert result["dense"]["MRR@10"] == result["fused"]["MRR@10"] == 1
