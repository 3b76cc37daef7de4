"""The prompts of `prompts/`, checked when loaded, as LangChain templates."""

from dataclasses import dataclass
from functools import cache
from string import Formatter

from langchain_core.prompts import ChatPromptTemplate

from bot.errors import PromptTemplateError
from bot.places import PROMPTS_FOLDER

_PLACEHOLDERS: dict[str, frozenset[str]] = {
    "system": frozenset(),
    "system_write": frozenset(),
    "evidence": frozenset({"evidence", "question"}),
    "supported": frozenset(),
    "choose": frozenset(),
    "alone": frozenset({"evidence", "question"}),
    "write": frozenset(),
}


@dataclass(frozen=True, slots=True)
class Prompts:
    """Templates with the placeholders `evidence` and `question`.

    `supported` and `choose` share their beginning, so that a server with a prompt cache reads the evidence once;
    `alone` is for a single piece of it, `write` for the numbered evidence and a larger model.
    """

    supported: ChatPromptTemplate
    choose: ChatPromptTemplate
    write: ChatPromptTemplate
    alone: ChatPromptTemplate


@cache
def load_prompts() -> Prompts:
    """Read and check every template. Raises PromptTemplateError naming the file and what is wrong."""
    texts = {name: _read(name) for name in _PLACEHOLDERS}

    def template(*parts: str, system: str = "system") -> ChatPromptTemplate:
        user = "\n\n".join(texts[part] for part in parts)
        return ChatPromptTemplate.from_messages([("system", texts[system]), ("human", user)])

    return Prompts(
        supported=template("evidence", "supported"),
        choose=template("evidence", "choose"),
        write=template("evidence", "write", system="system_write"),
        alone=template("alone"),
    )


def _read(name: str) -> str:
    try:
        text = (PROMPTS_FOLDER / f"{name}.txt").read_text(encoding="utf-8").strip()
    except OSError as exc:
        raise PromptTemplateError(f"Thiếu tệp prompts/{name}.txt.", "Hãy cài lại chương trình.") from exc
    return check_template(name, text, _PLACEHOLDERS[name])


def check_template(name: str, text: str, expected: frozenset[str]) -> str:
    """The text itself. Raises PromptTemplateError when its placeholders are not the expected ones."""
    try:
        found = {field for _, field, _, _ in Formatter().parse(text) if field is not None}
    except ValueError as exc:
        raise PromptTemplateError(f"prompts/{name}.txt sai cú pháp: {exc}.", "Hãy sửa dấu ngoặc nhọn.") from exc
    if not text or found != expected:
        raise PromptTemplateError(
            f"prompts/{name}.txt cần đúng các chỗ trống {sorted(expected)}, đang có {sorted(found)}.",
            "Hãy sửa tệp này rồi chạy lại.",
        )
    return text
