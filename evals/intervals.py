"""How sure a figure is: bootstrap intervals and a paired test."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

_RESAMPLES = 2000
_SEED = 20201110


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure over `n` questions with its 95% interval."""

    value: float
    low: float
    high: float
    n: int

    def shown(self, digits: int = 3) -> str:
        """`.912 [.870, .951]`, without the zero before the point."""
        return f"{_short(self.value, digits)} [{_short(self.low, digits)}, {_short(self.high, digits)}]"


def _short(value: float, digits: int) -> str:
    text = f"{value:.{digits}f}"
    return text.replace("0.", ".", 1) if abs(value) < 1 else text


def mean(values: Sequence[float]) -> Estimate:
    """The mean with its percentile bootstrap interval (Efron & Tibshirani, 1993, ch. 13) over questions.

    Resampling values that are all 0 or all 1 would show no doubt where there is some: they get Wilson's (1927).
    """
    found = _bootstrapped(values, np.mean)
    if found.low < found.high or found.value not in (0.0, 1.0):
        return found
    interval = stats.binomtest(round(found.value * found.n), found.n).proportion_ci(method="wilson")
    return Estimate(found.value, float(interval.low), float(interval.high), found.n)


def percentile(values: Sequence[float], q: float) -> Estimate:
    """The q-th percentile (0 to 100) with its percentile bootstrap interval."""
    return _bootstrapped(values, lambda sample, axis=-1: np.percentile(sample, q, axis=axis))


def _bootstrapped(values: Sequence[float], statistic: Any) -> Estimate:
    sample = np.asarray(values, dtype=float)
    value = float(statistic(sample, axis=-1))
    if np.ptp(sample) == 0:
        return Estimate(value, value, value, len(sample))
    found = stats.bootstrap(
        (sample,), statistic, n_resamples=_RESAMPLES, method="percentile", vectorized=True, rng=_SEED
    ).confidence_interval
    return Estimate(value, float(found.low), float(found.high), len(sample))


def paired_p(before: Sequence[float], after: Sequence[float]) -> float:
    """Two-sided p of a paired permutation test on the mean difference (Smucker et al., CIKM 2007).

    1 where there is no difference, or a single pair to tell it by.
    """
    if list(before) == list(after) or len(before) < 2:
        return 1.0
    found = stats.permutation_test(
        (np.asarray(after, dtype=float), np.asarray(before, dtype=float)),
        lambda a, b, axis=-1: np.mean(a - b, axis=axis),
        permutation_type="samples",
        n_resamples=9999,
        vectorized=True,
        rng=_SEED,
    )
    return float(found.pvalue)
