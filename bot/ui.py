"""The page: a question, the passages found at once, the answer beside them. The only door to Gradio."""

import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from bot.answer import Answer, EvidenceFound, TextPiece
from bot.api import routes
from bot.assembly import open_engine
from bot.engine import Engine
from bot.errors import KhuyenNghiError, SettingsError
from bot.followup import Turn
from bot.page import answer_html, evidence_html, message_html
from bot.settings import Settings

_QUEUE = 16
_COLUMN_PX = 320
_TURNS = 6
_TITLE = "Khuyến nghị của Bộ TT&TT"
_EXAMPLES = (
    "Bộ trưởng khuyến nghị Đồng Tháp dành bao nhiêu phần trăm ngân sách cho CNTT?",
    "Tỉnh Hậu Giang đã đề xuất gì với Bộ TT&TT?",
    "thai nguyen can bao nhieu doanh nghiep cong nghe so",
    "MobiFone đề xuất gì với Bà Rịa - Vũng Tàu?",
)
_INTRO = (
    "Hỏi về ý kiến, khuyến nghị của Bộ Thông tin và Truyền thông với các tỉnh. "
    "Câu trả lời dựa trên tài liệu đã nạp; mỗi ý có số dẫn tới đoạn gốc."
)


def build_page(engine: Engine) -> gr.Blocks:
    """The page for an engine; nothing is served yet."""

    def ask(question: str, exact: bool, turns: list[Turn]) -> Iterator[tuple[str, str, list[Turn]]]:
        for shown, found, answer in respond(engine, question, turns, exact=exact):
            done = [Turn(answer.understood, answer.text)] if answer and answer.reason != "small_talk" else []
            yield shown, found, [*turns, *done][-_TURNS:]

    page: gr.Blocks
    with gr.Blocks(title=_TITLE, analytics_enabled=False) as page:
        gr.HTML(f"<h1>{_TITLE}</h1><p>{_INTRO}</p>", elem_id="intro")
        with gr.Row():
            question = gr.Textbox(
                label="Câu hỏi",
                placeholder="Gõ câu hỏi, có dấu hoặc không dấu, rồi bấm Enter",
                lines=1,
                max_lines=4,
                scale=5,
            )
            with gr.Column(scale=1, min_width=120):
                send = gr.Button("Hỏi", variant="primary")
                stop = gr.Button("Dừng")
                anew = gr.Button("Câu chuyện mới")
        exact = gr.Checkbox(label="Tìm đúng như đã gõ (không thêm dấu, không mở chữ viết tắt)", value=False)
        gr.Examples([[example] for example in _EXAMPLES], [question], label="Ví dụ")
        with gr.Row():
            with gr.Column(min_width=_COLUMN_PX):
                answer = gr.HTML(message_html("Câu trả lời sẽ hiện ở đây."), elem_id="answer")
            with gr.Column(min_width=_COLUMN_PX):
                evidence = gr.HTML(message_html("Các đoạn tìm được sẽ hiện ở đây."), elem_id="evidence")
        turns = gr.State([])
        outputs: list[Any] = [answer, evidence, turns]
        asked = gr.on(
            [send.click, question.submit],
            ask,
            [question, exact, turns],
            outputs,
            concurrency_limit=1,
            show_progress="hidden",
            api_visibility="private",
        )
        # First stop, then say so: the other way round the answer under way could overwrite it.
        stopped = stop.click(None, None, None, cancels=[asked], api_visibility="private")
        stopped.then(lambda: message_html("Đã dừng."), None, [answer], api_visibility="private")
        nothing = message_html("Câu hỏi sau đây không gắn với các câu trước.")
        ended = anew.click(None, None, None, cancels=[asked], api_visibility="private")
        ended.then(lambda: ([], "", nothing), None, [turns, question, answer], api_visibility="private")
    page.queue(max_size=_QUEUE, api_open=False)
    return page


def respond(
    engine: Engine, question: str, turns: Sequence[Turn] = (), *, exact: bool = False
) -> Iterator[tuple[str, str, Answer | None]]:
    """Yield the answer and the passages as HTML while an answer is made, at last with the answer itself."""
    found, text = "", ""
    try:
        for event in engine.ask(question, history=turns, exact=exact):
            if isinstance(event, EvidenceFound):
                found = evidence_html(event.evidence)
                yield message_html("Đang đọc các đoạn tìm được …"), found, None
            elif isinstance(event, TextPiece):
                text += event.text
                yield message_html(text), found, None
            else:
                passages = evidence_html(event.answer.evidence, event.answer.citations)
                yield answer_html(event.answer), passages, event.answer
    except KhuyenNghiError as exc:
        yield message_html(str(exc), error=True), found, None


def serve(settings: Settings, host: str, port: int) -> None:
    """Serve the page until interrupted or ended. Raises SettingsError when the port is taken, errors of the parts."""
    engine = open_engine(settings)
    threading.Thread(target=_load_models, args=(engine,), daemon=True).start()
    page = build_page(engine)
    print(f"Trang hỏi đáp: http://{host}:{port} (Ctrl+C để dừng)", flush=True)
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)  # how services are stopped: as Ctrl+C does
    try:
        page.launch(**launch_options(host, port), app_kwargs={"routes": routes(engine)}, prevent_thread_lock=True)
        threading.Event().wait()
    except KeyboardInterrupt:
        print("Đã dừng theo yêu cầu.", file=sys.stderr)
    except OSError as exc:
        raise SettingsError(
            f"Không mở được cổng {port} trên {host}.",
            "Cổng có thể đang bận; hãy chọn cổng khác: bot serve --port 7861.",
        ) from exc
    finally:
        page.close(verbose=False)
        signal.signal(signal.SIGTERM, before)


def _load_models(engine: Engine) -> None:
    """Load now, while the page is opening, what the first reader would otherwise wait for."""
    try:
        engine.warm()
        engine.chat()
        print("Mô hình đã sẵn sàng.", flush=True)
    except KhuyenNghiError as exc:
        print(f"Lưu ý: {exc}", flush=True)


def launch_options(host: str, port: int) -> dict[str, Any]:
    """Nothing from outside, nothing to outside: no analytics, no remote fonts, no file access, no server rendering."""
    return {
        "server_name": host,
        "server_port": port,
        "share": False,
        "quiet": True,
        "show_error": False,
        "ssr_mode": False,
        "run_history": False,
        "enable_monitoring": False,
        "allowed_paths": [],
        "num_workers": 0,  # one would be a process of its own, and outlive this one
        "footer_links": [],
        "theme": gr.themes.Default(
            primary_hue="blue", font=["Segoe UI", "system-ui", "sans-serif"], font_mono=["Consolas", "monospace"]
        ),
        "css": Path(__file__).with_name("page.css").read_text(encoding="utf-8"),
    }
