"""Where things are, and the promise to stay offline. Light to import, so that small commands stay quick."""

import os
from pathlib import Path

from bot.settings import Settings
from index import e5, weights

_ROOT = Path(__file__).resolve().parent.parent  # the checkout, or site-packages
PROMPTS_FOLDER = _ROOT / "prompts"
SOURCES_FOLDER = _ROOT / "sources"


def stay_offline() -> None:
    """Tell the libraries never to ask a model hub or send statistics. Must run before they are imported."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    os.environ.setdefault("LANGSMITH_TRACING", "false")
    # A proxy for the outside must not be asked for the page itself or a local Ollama.
    for name in ("NO_PROXY", "no_proxy"):
        os.environ[name] = ",".join(filter(None, [os.environ.get(name, ""), "127.0.0.1", "localhost", "::1"]))


def embedder_folder(settings: Settings) -> Path:
    """Where the default embedder is rebuilt."""
    return settings.models_folder / e5.NAME


def llm_path(settings: Settings) -> Path:
    """The GGUF file to run."""
    return settings.llm_file or settings.models_folder / weights.LLM.file_name
