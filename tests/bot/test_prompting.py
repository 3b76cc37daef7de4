"""The templates in `prompts/`: checked when loaded, and alike in their beginning."""

import shutil
from pathlib import Path

import pytest

from bot import prompting
from bot.errors import PromptTemplateError
from bot.places import PROMPTS_FOLDER
from bot.prompting import check_template, load_prompts

EXPECTED = frozenset({"evidence", "question"})


@pytest.fixture
def prompts_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the prompts that is read in their place."""
    folder = tmp_path / "prompts"
    shutil.copytree(PROMPTS_FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    monkeypatch.setattr(prompting, "PROMPTS_FOLDER", folder)
    return folder


@pytest.mark.parametrize(
    "text",
    ["{evidence}", "{question}", "{evidence} {question} {ngày}", "{evidence} {question} {}", "", "không có gì"],
    ids=["question missing", "evidence missing", "one too many", "one without a name", "empty", "none"],
)
def test_placeholders_must_be_the_expected_ones(text: str) -> None:
    with pytest.raises(PromptTemplateError, match=r"prompts/evidence\.txt.*'evidence', 'question'"):
        check_template("evidence", text, EXPECTED)


@pytest.mark.parametrize("text", ["{evidence} {question", "{evidence} question}", "{evidence} {question} {"])
def test_broken_braces_are_refused(text: str) -> None:
    with pytest.raises(PromptTemplateError, match=r"prompts/evidence\.txt sai cú pháp"):
        check_template("evidence", text, EXPECTED)


def test_a_right_template_comes_back_unchanged() -> None:
    assert check_template("evidence", "{question}: {{json}} {evidence}", EXPECTED) == "{question}: {{json}} {evidence}"


def test_a_missing_file_is_named(prompts_copy: Path) -> None:
    (prompts_copy / "choose.txt").unlink()
    with pytest.raises(PromptTemplateError, match=r"Thiếu tệp prompts/choose\.txt"):
        load_prompts.__wrapped__()


def test_a_file_with_a_foreign_placeholder_is_named(prompts_copy: Path) -> None:
    (prompts_copy / "system.txt").write_text("Hôm nay là {ngày}.", encoding="utf-8")
    with pytest.raises(PromptTemplateError, match=r"prompts/system\.txt.*ngày"):
        load_prompts.__wrapped__()


def test_instructions_differ_only_behind_evidence_and_question() -> None:
    """A prompt cache reads the shared beginning once."""
    prompts = load_prompts()
    supported, choose = (
        template.format_messages(evidence="A. Một câu.", question="Hỏi gì?")
        for template in (prompts.supported, prompts.choose)
    )
    assert supported[0] == choose[0]
    shared, ends = "", (str(supported[1].text), str(choose[1].text))
    while ends[0].startswith(shared) and ends[1].startswith(shared):
        shared = ends[0][: len(shared) + 1]
    assert "A. Một câu." in shared
    assert "Hỏi gì?" in shared
    assert ends[0] != ends[1]


def test_braces_in_evidence_and_question_are_only_text() -> None:
    messages = load_prompts().write.format_messages(evidence="{question} {0}", question="{evidence} {{x}}")
    assert "{question} {0}" in messages[1].text
    assert "{evidence} {{x}}" in messages[1].text
