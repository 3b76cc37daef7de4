"""Gradio's page, which takes no file but those that were sent to it."""

from typing import Any

import gradio as gr
from gradio import utils
from gradio.exceptions import InvalidPathError
from gradio_client import utils as client_utils


class Blocks(gr.Blocks):
    """Mounted in an app, Gradio copies any file and fetches any address that an event names: not here."""

    async def preprocess_data(self, block_fn: Any, inputs: list[Any], state: Any, explicit_call: bool = False) -> Any:
        """As Gradio has it. Raises InvalidPathError for what was not uploaded."""
        client_utils.traverse(inputs, _sent, client_utils.is_file_obj_with_meta)
        return await super().preprocess_data(block_fn, inputs, state, explicit_call)


def _sent(file: dict[str, Any]) -> dict[str, Any]:
    path = str(file["path"])
    if client_utils.is_http_url_like(path) or not utils.is_in_or_equal(path, utils.get_upload_folder()):
        raise InvalidPathError("Tệp không được gửi qua trang này.")
    return file
