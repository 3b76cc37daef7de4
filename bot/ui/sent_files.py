"""Files as they reach us through Gradio: with the names they had, which Gradio's own component would change."""

from abc import ABCMeta
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.component_meta import ComponentMeta
from gradio.data_classes import FileData, ListFiles


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file in Gradio's folder for uploads, and the name it had where it came from."""

    name: str
    path: Path


class _Unwritten(ComponentMeta):
    """Makes a component as Gradio does, but writes no file beside its source."""

    def __new__(cls, name: str, bases: tuple[type, ...], attributes: dict[str, Any]) -> Any:
        return ABCMeta.__new__(cls, name, bases, attributes)


class SentFiles(gr.UploadButton, metaclass=_Unwritten):
    """A button for several files; a handler gets a `SentFile` for each."""

    is_template = True  # on the page it is Gradio's own

    def preprocess(self, payload: ListFiles | FileData | None) -> Any:
        """The files with their names."""
        if payload is None:
            return []
        files = payload.root if isinstance(payload, ListFiles) else [payload]
        return [SentFile(file.orig_name or Path(file.path).name, Path(file.path)) for file in files]
