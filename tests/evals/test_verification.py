"""The verifier against the labelled pairs: the level that it reached, minus a margin."""

import time

import pytest

from bot.verify import verify
from evals.verification import main, read_pairs, shares

_CAUGHT, _REJECTED = 0.93, 0.06
_MOST_SECONDS = 0.05  # ten times what it takes


def test_most_wrong_sentences_are_caught_and_few_right_ones_rejected() -> None:
    caught, rejected = shares(read_pairs("dev"))
    assert caught >= _CAUGHT
    assert rejected <= _REJECTED


@pytest.mark.parametrize(("split", "least", "most"), [("dev2-first", 0.86, 0.1), ("dev2-second", 0.7, 0.27)])
def test_pairs_by_another_hand(split: str, least: float, most: float) -> None:
    caught, rejected = shares(read_pairs(split))
    assert caught >= least
    assert rejected <= most


def test_verbatim_sentences_always_stand() -> None:
    for pair in read_pairs("dev"):
        for item in pair.evidence:
            assert verify(item.text, [item]).stands


def test_a_sentence_is_judged_in_milliseconds() -> None:
    pairs = read_pairs("practice")
    verify(pairs[0].sentence, pairs[0].evidence)  # the tables are read once
    started = time.process_time()
    for pair in pairs:
        verify(pair.sentence, pair.evidence)
    assert (time.process_time() - started) / len(pairs) < _MOST_SECONDS


def test_the_command_prints_shares_by_reason(capsys: pytest.CaptureFixture[str]) -> None:
    main(["dev"])
    printed = capsys.readouterr().out
    assert "wrong, caught:" in printed
    assert "negated" in printed
    assert "dev-0" not in printed
