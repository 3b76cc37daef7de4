"""Where settings come from, which of them are refused, and what changes their digest."""

import re
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings, load_settings
from index.extracted import Limits


def test_environment_counts_before_dotenv_before_toml(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "bot.toml").write_text("passage_chars = 301\nquestion_chars = 301\nport = 301\n", encoding="utf-8")
    (tmp_path / ".env").write_text("BOT_PASSAGE_CHARS=302\nBOT_QUESTION_CHARS=302\n", encoding="utf-8")
    monkeypatch.setenv("BOT_PASSAGE_CHARS", "303")
    settings = load_settings()
    assert (settings.passage_chars, settings.question_chars, settings.port) == (303, 302, 301)
    assert load_settings(passage_chars=304).passage_chars == 304


def test_an_empty_variable_leaves_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_PORT", "")
    assert load_settings().port == Settings.model_fields["port"].default


def test_an_unknown_variable_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_PASAGE_CHARS", "700")
    with pytest.raises(SettingsError, match=r"Không có cấu hình tên BOT_PASAGE_CHARS.*README"):
        load_settings()


@pytest.mark.parametrize(("file", "line"), [("bot.toml", "ollama_modle = 'x'"), (".env", "BOT_OLLAMA_MODLE=x")])
def test_an_unknown_key_in_a_file_is_refused_by_name(tmp_path: Path, file: str, line: str) -> None:
    (tmp_path / file).write_text(line, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"(?i)ollama_modle: không có cấu hình tên này"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "0"),
        ("port", "70000"),
        ("llm", "gpt"),
        ("dense_weight", "hai"),
        ("timeout_s", "-1"),
        ("file_seconds", "0"),
        ("file_memory_mib", "255"),
        ("file_pages", "0"),
        ("file_unpacked_mib", "0"),
    ],
)
def test_a_bad_value_is_refused_with_its_name_and_where_to_mend_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"BOT_{name.upper()}", value)
    with pytest.raises(SettingsError, match=rf"(?i)Cấu hình không hợp lệ.*{name}.*bot\.toml"):
        load_settings()


def test_several_bad_values_are_named_together(tmp_path: Path) -> None:
    (tmp_path / "bot.toml").write_text("port = 'x'\nllm = 'y'\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"port.*llm|llm.*port"):
        load_settings()


@pytest.mark.parametrize("content", [b"port = ", b"\xff\xfe = 1"])
def test_a_toml_file_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bot.toml").write_bytes(content)
    with pytest.raises(SettingsError, match=r"Không đọc được bot\.toml"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("embedder", "khác"),
        ("passage_chars", 800),
        ("dense_weight", 0.6),
        ("evidence_chars", 900),
        ("llm", "none"),
        ("llm_file", Path("khác.gguf")),
        ("context_tokens", 8192),
        ("answer_style", "write"),
        ("answer_tokens", 300),
        ("support_threshold", 0.7),
        ("ollama_model", "khác"),
    ],
)
def test_a_setting_that_can_change_an_answer_changes_the_digest(name: str, value: object) -> None:
    assert load_settings(**{name: value}).digest != load_settings().digest


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("home", Path("x")),
        ("port", 7861),
        ("host", "0.0.0.0"),
        ("llm_threads", 1),
        ("timeout_s", 5.0),
        ("file_seconds", 5.0),
        ("file_memory_mib", 512),
        ("file_pages", 5),
        ("file_unpacked_mib", 5),
    ],
)
def test_a_setting_of_place_or_service_leaves_the_digest(name: str, value: object) -> None:
    assert load_settings(**{name: value}).digest == load_settings().digest


def test_models_and_index_live_below_home(tmp_path: Path) -> None:
    settings = load_settings()
    assert settings.models_folder == tmp_path / "home" / "models"
    assert settings.index_folder == tmp_path / "home" / "index"


def test_what_reading_a_file_may_cost_is_set_by_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().file_limits == Limits()
    for name, value in (("SECONDS", "1.5"), ("MEMORY_MIB", "300"), ("PAGES", "7"), ("UNPACKED_MIB", "8")):
        monkeypatch.setenv(f"BOT_FILE_{name}", value)
    assert load_settings().file_limits == Limits(seconds=1.5, memory_mib=300, pages=7, unpacked_mib=8)


def test_the_readme_lists_every_setting() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert {f"BOT_{name.upper()}" for name in Settings.model_fields} == set(re.findall(r"`(BOT_[A-Z_]+)`", readme))


def test_another_programs_key_in_env_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("HTTP_PROXY=http://proxy\nBOT_PORT=7777\n", encoding="utf-8")
    assert load_settings().port == 7777
