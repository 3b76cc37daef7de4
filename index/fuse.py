"""One ranking out of two: weighted sum of standardised scores.

Each side is brought to mean 0 and variance 1 over what it returned, so that a side with one clear winner says more
than one in which everything is alike (score standardisation; Fox & Shaw's CombSUM over z-scores, Montague & Aslam 2001,
doi:10.1145/502585.502657). Better than min-max scaling and reciprocal rank fusion in our own measurement.
"""

import statistics
from collections.abc import Mapping

# How far below what it found a side puts the rest, where it cannot tell by its own scores: a rare word found is a sign.
_CLEAR = 2.0


def standardise(scores: Mapping[str, float]) -> dict[str, float]:
    """Scores as standard deviations from their mean; all 0 when they are equal."""
    if not scores:
        return {}
    mean, deviation = statistics.fmean(scores.values()), statistics.pstdev(scores.values())
    return {key: (score - mean) / deviation if deviation else 0.0 for key, score in scores.items()}


def scale(scores: Mapping[str, float]) -> dict[str, float]:
    """Scores moved to 0..1: the best is 1, the worst 0; all 1 when they are equal."""
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    if high == low:
        return dict.fromkeys(scores, 1.0)
    return {key: (score - low) / (high - low) for key, score in scores.items()}


def fuse(dense: Mapping[str, float], lexical: Mapping[str, float], dense_weight: float) -> dict[str, float]:
    """Fused score by id in 0..1, best first. Ties go by id.

    What one side did not return counts as its worst; where all that it returned are equal, as `_CLEAR` deviations less.
    """
    sides = [(standardise(dense), dense_weight), (standardise(lexical), 1 - dense_weight)]
    sides = [(scores, weight) for scores, weight in sides if scores and weight]
    worst = [min(scores.values()) or -_CLEAR for scores, _ in sides]
    fused = {
        key: sum(weight * scores.get(key, low) for (scores, weight), low in zip(sides, worst, strict=True))
        for key in {**dense, **lexical}
    }
    return dict(sorted(scale(fused).items(), key=lambda item: (-item[1], item[0])))
