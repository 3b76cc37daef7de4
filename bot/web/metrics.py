"""Figures for Prometheus: how many questions, how they ended and how long they took. Nothing of who asked what."""

from collections.abc import Iterator
from contextlib import closing

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from bot.answer import Answer
from bot.kept_files import open_catalog
from bot.ledger.records import Opinion
from bot.service import Assistant

MEDIA_TYPE = CONTENT_TYPE_LATEST
_EVIDENCE_S = (0.05, 0.1, 0.2, 0.5, 1, 2, 5)
_MODEL_S = (0.5, 1, 2, 5, 10, 20, 40, 80, 160)


class Metrics:
    """A watcher of the assistant, with a registry of its own."""

    def __init__(self, assistant: Assistant) -> None:
        self._registry = CollectorRegistry()
        self._questions = Counter(
            "khuyen_nghi_questions",
            "Questions by how they ended: answered, the reason of an abstention, the code of an error, cancelled",
            ["outcome"],
            registry=self._registry,
        )
        self._cached = Counter("khuyen_nghi_cached_answers", "Answers given before", registry=self._registry)
        self._evidence = self._seconds("evidence", "Until the evidence was found", _EVIDENCE_S)
        self._first_token = self._seconds("first_token", "Until the model said something", _MODEL_S)
        self._whole = self._seconds("answer", "Until the answer was whole", _MODEL_S)
        self._feedback = Counter(
            "khuyen_nghi_feedback", "What users think of answers", ["opinion"], registry=self._registry
        )
        self._registry.register(_Now(assistant))
        assistant.watchers.append(self)

    def answered(self, answer: Answer) -> None:
        """As `Watcher` has it."""
        self._questions.labels(answer.reason or "answered").inc()
        if answer.is_cached:
            self._cached.inc()
        taken = answer.timings_s
        for histogram, seconds in (
            (self._evidence, taken.evidence),
            (self._first_token, taken.first_token),
            (self._whole, taken.total),
        ):
            if seconds is not None:
                histogram.observe(seconds)

    def failed(self, code: str) -> None:
        """As `Watcher` has it."""
        self._questions.labels(code).inc()

    def judged(self, opinion: Opinion) -> None:
        """As `Watcher` has it."""
        self._feedback.labels(opinion).inc()

    def text(self) -> bytes:
        """In Prometheus' text form."""
        return generate_latest(self._registry)

    def _seconds(self, what: str, told: str, buckets: tuple[float, ...]) -> Histogram:
        return Histogram(f"khuyen_nghi_{what}_seconds", told, buckets=buckets, registry=self._registry)


class _Now(Collector):
    """What is looked up when it is asked for."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing is looked up at registration."""
        return iter(())

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The queue and the index as they are now."""
        assistant = self._assistant
        yield _gauge("waiting", "Questions that wait for the model", assistant.waiting)
        yield _gauge("places", "So many may wait", assistant.settings.llm_queue)
        with closing(open_catalog(assistant.settings)) as catalog:
            yield _gauge("index_generation", "Grows with every change of the documents", catalog.generation)
            yield _gauge("passages", "Passages in the index", catalog.count_passages())


def _gauge(name: str, told: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"khuyen_nghi_{name}", told, value=value)
