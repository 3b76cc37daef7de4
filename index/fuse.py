"""One ranking out of two: weighted sum of min-max scaled scores.

Convex combination after min-max scaling; Bruch, Gai and Ingber 2023 (doi:10.1145/3596512) find it better than
reciprocal rank fusion, and so does our own measurement.
"""

from collections.abc import Mapping


def scale(scores: Mapping[str, float]) -> dict[str, float]:
    """Scores moved to 0..1: the best is 1, the worst 0; all 1 when they are equal."""
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    if high == low:
        return dict.fromkeys(scores, 1.0)
    return {key: (score - low) / (high - low) for key, score in scores.items()}


def fuse(dense: Mapping[str, float], lexical: Mapping[str, float], dense_weight: float) -> dict[str, float]:
    """Fused score by id, best first; what one side did not return counts 0 there. Ties go by id."""
    dense_scaled, lexical_scaled = scale(dense), scale(lexical)
    fused = {
        key: dense_weight * dense_scaled.get(key, 0.0) + (1 - dense_weight) * lexical_scaled.get(key, 0.0)
        for key in {**dense_scaled, **lexical_scaled}
    }
    return dict(sorted(fused.items(), key=lambda item: (-item[1], item[0])))
