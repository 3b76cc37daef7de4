"""Which measures of a run are below what is asked of it."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from bot.errors import SettingsError
from evals.cases import Case, read_cases
from evals.results import Results
from evals.retype import Typing
from evals.run import Asked, Task, planned, select
from evals.score import MEASURES, Scored, summarise

THRESHOLDS_FILE = Path(__file__).with_name("thresholds.toml")
SAMPLE_QUESTIONS = 16


class Thresholds(BaseModel):
    """The file: the worst value allowed, by measure; for searches by way of typing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    searches: dict[Typing, dict[str, float]]
    answers: dict[str, float]
    sample: dict[str, float]


_THRESHOLDS = TypeAdapter(Thresholds)


@dataclass(frozen=True, slots=True)
class Check:
    """A measure held against its threshold; `value` is None where the run did not measure it."""

    name: str
    value: float | None
    threshold: float
    less_is_better: bool

    @property
    def passed(self) -> bool:
        """Whether the value is no worse than the threshold."""
        if self.value is None:
            return False
        return self.value <= self.threshold if self.less_is_better else self.value >= self.threshold

    def __str__(self) -> str:
        value = "not measured" if self.value is None else f"{self.value:.3f}"
        return f"{self.name}: {value}, {'at most' if self.less_is_better else 'at least'} {self.threshold:.3f}"


def check(results: Results, file: Path = THRESHOLDS_FILE, cases: Sequence[Case] | None = None) -> list[Check]:
    """Every threshold that applies to the run.

    Searches are held against `[searches.<typing>]`, answers against `[answers]`, those of the fixed sample against
    `[sample]`. Raises SettingsError for a bad file, and for a run that is not finished, holds less than all questions
    of both splits (or the sample), or asked other questions than those of today.
    """
    info = results.run.info
    _require_whole(results, read_cases() if cases is None else cases)
    thresholds = _read(file)
    found: list[Check] = []
    if info.suite != "retrieval":
        found += _checks(thresholds.sample if info.limit else thresholds.answers, results.answers, "answers")
    if results.searches and not info.limit:
        for typing, limits in thresholds.searches.items():
            rows = [one for one in results.searches if one.typing == typing]
            found += _checks(limits, rows, f"searches, {typing}")
    if not found:
        raise SettingsError("Không có ngưỡng nào cho lượt chạy này.", f"Hãy xem «{file}».")
    return found


def _require_whole(results: Results, cases: Sequence[Case]) -> None:
    """Raises SettingsError unless the run is one that thresholds were made for, and holds all that it should."""
    info = results.run.info
    if not info.finished or info.only or (info.split, info.limit) not in {("all", 0), ("dev", SAMPLE_QUESTIONS)}:
        raise SettingsError(
            "Chỉ xét ngưỡng cho lượt chạy đã xong, đủ mọi loại câu hỏi và cả hai tập (hoặc mẫu cố định).",
            f"Hãy chạy tiếp, hoặc chạy với --split all (mẫu: --split dev --limit {SAMPLE_QUESTIONS}).",
        )
    chosen = select(cases, Task(info.suite, info.split, limit=info.limit))
    searches, answers = planned(chosen, info.suite, searches=not info.system.startswith("http"))
    if not (
        _asked(searches) == {(one.key, one.asked) for one in results.searches}
        and _asked(answers) == {(one.key, one.asked) for one in results.answers}
    ):
        raise SettingsError("Lượt chạy không hỏi đúng các câu hỏi chuẩn hiện nay.", "Hãy chạy lại «bot eval run».")


def _asked(planned: Sequence[Asked]) -> set[tuple[tuple[str, Typing], str]]:
    return {(one.key, one.text) for one in planned}


def _checks(limits: Mapping[str, float], rows: Sequence[Scored], what: str) -> list[Check]:
    measured = summarise(rows, [MEASURES[name] for name in limits])
    return [
        Check(
            f"{what}: {name}",
            measured[name].value if name in measured else None,
            threshold,
            MEASURES[name].less_is_better,
        )
        for name, threshold in limits.items()
    ]


def _read(file: Path) -> Thresholds:
    try:
        with file.open("rb") as opened:
            found = _THRESHOLDS.validate_python(tomllib.load(opened))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as exc:
        raise SettingsError(f"Không đọc được «{file}»: {exc}.", "Hãy sửa tệp này.") from exc
    named = {*found.answers, *found.sample, *(name for limits in found.searches.values() for name in limits)}
    if unknown := sorted(named - set(MEASURES)):
        raise SettingsError(f"Không có độ đo {', '.join(unknown)}.", f"Hãy sửa «{file}».")
    return found
