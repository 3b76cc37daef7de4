"""The page as a whole, and its place in the app that serves it."""

from pathlib import Path
from typing import Any

import gradio as gr
from fastapi import FastAPI

from bot.service import Assistant
from bot.settings import Settings
from bot.ui.ask_tab import AskTab
from bot.ui.blocks import Blocks
from bot.ui.keeper_tab import build_keeper_tab
from bot.ui.register_tab import build_register_tab
from bot.ui.signed_in import build_signed_in

TITLE = "Khuyến nghị của Bộ TT&TT"
_INTRO = (
    "Hỏi về ý kiến, khuyến nghị của Bộ Thông tin và Truyền thông với các tỉnh. "
    "Câu trả lời dựa trên tài liệu đã nạp; mỗi ý có số dẫn tới đoạn gốc."
)
# Events that may wait for one of Gradio's threads, and how many threads there are for all of them.
_WAITING, _THREADS = 256, 96
# How often what was sent and never taken is deleted, and how old it then is.
_CLEARED_S = (600, 3600)
_FOLDER = Path(__file__).parent


def build_page(assistant: Assistant, *, compact: bool = False) -> gr.Blocks:
    """The page, or only the asking of it, small, for a frame on somebody's portal; nothing is served yet."""
    page: gr.Blocks
    with Blocks(title=TITLE, analytics_enabled=False, fill_width=True, delete_cache=_CLEARED_S) as page:
        if compact:
            gr.HTML('<h1 class="unseen">Hỏi đáp</h1>', elem_id="intro")
            tab = AskTab(assistant, compact=True)
        else:
            with gr.Row(elem_id="head"):
                gr.HTML(f"<header><h1>{TITLE}</h1><p>{_INTRO}</p></header>", elem_id="intro")
                build_signed_in(page)
            with gr.Tabs(elem_id="tabs", overflow_behavior="wrap"):
                with gr.Tab("Hỏi đáp", id="ask"):
                    tab = AskTab(assistant)
                build_register_tab(assistant)
                build_keeper_tab(assistant)
        tab.when_opened(page)
    page.queue(max_size=_WAITING, api_open=False)
    page.max_threads = _THREADS  # not shared with the API: a page full of waiting readers must not hold that up
    page.create_limiter()  # type: ignore[no-untyped-call]
    return page


def mount(app: FastAPI, assistant: Assistant, settings: Settings) -> FastAPI:
    """Put the page at `/` and the compact one at `/embed`; to be called last, since the page takes every path left."""
    root = settings.root_path.rstrip("/")
    for path, compact in (("/embed", True), ("/", False)):
        page = build_page(assistant, compact=compact)
        whole = f"{root}{path}".rstrip("/") if root else None
        gr.mount_gradio_app(app, page, path, root_path=whole, **mount_options(settings))
    return app


def mount_options(settings: Settings) -> dict[str, Any]:
    """Nothing from outside, nothing to outside: no analytics, no remote fonts, no file access, no server rendering."""
    return {
        "server_name": settings.host,
        "server_port": settings.port,
        "footer_links": [],
        "run_history": False,
        "app_kwargs": {"docs_url": None, "redoc_url": None, "openapi_url": None},
        "allowed_paths": [],
        "show_error": False,
        "max_file_size": f"{settings.upload_mib}mb",
        "ssr_mode": False,
        "enable_monitoring": False,
        "pwa": False,
        "mcp_server": False,
        "theme": _theme(),
        "css": "\n".join(path.read_text(encoding="utf-8") for path in sorted(_FOLDER.glob("*.css"))),
        "js": (_FOLDER / "page.js").read_text(encoding="utf-8"),
    }


def _theme() -> gr.themes.Base:
    theme = gr.themes.Default(
        primary_hue="blue",
        neutral_hue="slate",
        text_size=gr.themes.sizes.text_lg,
        font=["Segoe UI", "system-ui", "sans-serif"],
        font_mono=["Consolas", "monospace"],
    )
    return theme.set(
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_background_fill_dark="*primary_700",
        button_primary_background_fill_hover_dark="*primary_600",
        button_primary_text_color="white",
        body_text_color_subdued="*neutral_600",
        body_text_color_subdued_dark="*neutral_300",
        input_placeholder_color="*neutral_500",
        input_placeholder_color_dark="*neutral_400",
    )
