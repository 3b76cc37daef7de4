"""The entailment tier with a tiny classifier whose verdict its bias decides."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import torch
from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

from bot.errors import SettingsError
from evals.entailment import Entailment
from evals.grounding import citation_precision, citation_recall
from tests.evals.builders import DONG_THAP, ENTERPRISES, PRINT_RUN, citation_of, cited_answer_of

_WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "tỉnh", "bộ", "700")
_LENGTH = 32
_LABELS = ("entailment", "neutral", "contradiction")


def _classifier(folder: Path, verdict: int, labels: Sequence[str] = _LABELS, limit: int | None = _LENGTH) -> str:
    """A randomly initialised BERT that gives every pair the label of this number; `limit` is its tokenizer's."""
    config = BertConfig(
        vocab_size=len(_WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=_LENGTH,
        id2label=dict(enumerate(labels)),
        label2id={label: number for number, label in enumerate(labels)},
    )
    model = BertForSequenceClassification(config)
    with torch.no_grad():
        model.classifier.weight.zero_()
        model.classifier.bias.copy_(torch.eye(len(labels))[verdict])
    model.save_pretrained(folder)
    vocabulary = {word: number for number, word in enumerate(_WORDS)}
    BertTokenizer(vocab=vocabulary, strip_accents=False, model_max_length=limit).save_pretrained(folder)
    return str(folder)


@pytest.mark.parametrize(("verdict", "wanted"), [(0, True), (1, False), (2, False)])
def test_only_the_label_entailment_entails(tmp_path: Path, verdict: int, wanted: bool) -> None:
    assert Entailment(_classifier(tmp_path, verdict))("tỉnh 700", "bộ 700") is wanted


@pytest.mark.parametrize(
    ("labels", "verdict"),
    [
        (("contradiction", "neutral", "entailment"), 2),
        (("CONTRADICTION", "ENTAILMENT"), 1),
        (("not_entailment", "entailment"), 1),
    ],
)
def test_the_label_is_found_wherever_it_stands_and_however_it_is_written(
    tmp_path: Path, labels: tuple[str, ...], verdict: int
) -> None:
    assert Entailment(_classifier(tmp_path / "yes", verdict, labels))("tỉnh", "bộ") is True
    assert Entailment(_classifier(tmp_path / "no", 0, labels))("tỉnh", "bộ") is False


def test_a_source_longer_than_the_model_is_cut(tmp_path: Path) -> None:
    assert Entailment(_classifier(tmp_path, 0))("tỉnh 700", "bộ 700 " * 10 * _LENGTH) is True


def test_its_verdict_is_that_of_the_citation_measures(tmp_path: Path) -> None:
    elsewhere = cited_answer_of(ENTERPRISES, citation_of(PRINT_RUN, DONG_THAP))
    assert (citation_recall(elsewhere), citation_precision(elsewhere)) == (0, 0)
    agrees = Entailment(_classifier(tmp_path / "yes", 0))
    assert (citation_recall(elsewhere, agrees), citation_precision(elsewhere, agrees)) == (1, 1)
    refuses = Entailment(_classifier(tmp_path / "no", 2))
    assert citation_recall(cited_answer_of(ENTERPRISES, citation_of()), refuses) == 0


def test_a_missing_folder_is_a_settings_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="không_có"):
        Entailment(str(tmp_path / "không_có"))


@pytest.mark.parametrize("removed", ["*", "model.safetensors", "config.json"])
def test_an_incomplete_folder_is_a_settings_error(tmp_path: Path, removed: str) -> None:
    folder = _classifier(tmp_path / "nli", 0)
    for file in Path(folder).glob(removed):
        file.unlink()
    with pytest.raises(SettingsError, match="Không nạp được mô hình suy diễn"):
        Entailment(folder)


def test_a_classifier_of_something_else_is_a_settings_error_that_names_its_labels(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"«entailment» \(có: positive, negative\)"):
        Entailment(_classifier(tmp_path, 0, ("positive", "negative")))


def test_a_tokenizer_without_a_limit_gets_that_of_the_model(tmp_path: Path) -> None:
    entails = Entailment(_classifier(tmp_path, 0, limit=None))
    assert entails("tỉnh 700", "bộ " * 200) is True
    assert entails("tỉnh " * 200, "bộ") is True
