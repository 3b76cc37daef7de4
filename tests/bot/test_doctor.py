"""What `bot doctor` looks at, and what it advises."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot import prompting
from bot.doctor import Finding, examine
from bot.ledger.ledger import Ledger
from bot.settings import load_settings
from index import weights
from index.loaders import ocr
from tests.bot.conftest import Run
from tests.bot.ollama_server import OllamaServer, closed_port_url

pytestmark = pytest.mark.usefixtures("run")  # its embedder needs no model


def found(**settings: object) -> Mapping[str, Finding]:
    return {
        finding.name: finding for finding in examine(load_settings(**{"embedder": "thử", "llm": "none", **settings}))
    }


def test_everything_is_well(home: Path) -> None:
    findings = found()
    assert all(finding.ok for finding in findings.values()), findings
    assert findings["Chỉ mục"].detail == "3 tài liệu, tìm thử được 1 đoạn"
    assert str(home) in findings["Thư mục dữ liệu"].detail
    assert list(findings) == [
        "Thư mục dữ liệu",
        "Mô hình nhúng",
        "Mô hình ngôn ngữ",
        "Câu lệnh mẫu cho mô hình",
        "Nhận dạng chữ",
        "Chỉ mục",
        "Đính chính sổ khuyến nghị",
        "Cơ sở dữ liệu người dùng",
    ]


def test_whether_scans_can_be_read_is_told_and_no_fault(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: True)
    assert "có Tesseract với tiếng Việt" in found()["Nhận dạng chữ"].detail
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    finding = found()["Nhận dạng chữ"]
    assert finding.ok
    assert "apt-get install tesseract-ocr tesseract-ocr-vie" in finding.detail


def test_figures_are_written_as_in_vietnamese(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=51_242_000_000))
    assert "còn trống 51.242 MB" in found()["Thư mục dữ liệu"].detail


def test_on_a_fresh_machine_each_lack_has_its_remedy() -> None:
    findings = found(embedder="", llm="embedded")
    remedies = {"Mô hình nhúng": "bot models prepare", "Mô hình ngôn ngữ": "bot models prepare", "Chỉ mục": "bot index"}
    for name, remedy in remedies.items():
        assert not findings[name].ok
        assert remedy in findings[name].detail
    assert findings["Thư mục dữ liệu"].ok


def test_an_index_of_other_settings_is_told(home: Path) -> None:
    finding = found(passage_chars=500)["Chỉ mục"]
    assert not finding.ok
    assert "bot index --rebuild" in finding.detail


def test_a_full_disk_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=1_000_000))
    finding = found()["Thư mục dữ liệu"]
    assert not finding.ok
    assert "1 MB" in finding.detail
    assert "BOT_HOME" in finding.detail


def test_a_broken_prompt_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(prompting, "PROMPTS_FOLDER", tmp_path)
    prompting.load_prompts.cache_clear()
    finding = found()["Câu lệnh mẫu cho mô hình"]
    assert not finding.ok
    assert "prompts/system.txt" in finding.detail


@pytest.mark.parametrize(("wanted", "installed"), [("thử:1b", "thử:1b"), ("thử", "thử:latest")])
def test_an_installed_ollama_model_is_ready(ollama_server: OllamaServer, wanted: str, installed: str) -> None:
    ollama_server.install("khác:7b", installed)
    finding = found(llm="ollama", ollama_url=ollama_server.url, ollama_model=wanted)["Mô hình ngôn ngữ"]
    assert (finding.ok, finding.detail) == (True, f"{wanted} – sẵn sàng")


def test_a_missing_ollama_model_can_be_pulled(ollama_server: OllamaServer) -> None:
    finding = found(llm="ollama", ollama_url=ollama_server.url, ollama_model="thử:1b")["Mô hình ngôn ngữ"]
    assert not finding.ok
    assert "bot models pull thử:1b" in finding.detail


def test_a_missing_ollama_server_is_told() -> None:
    finding = found(llm="ollama", ollama_url=closed_port_url())["Mô hình ngôn ngữ"]
    assert not finding.ok
    assert "ollama serve" in finding.detail


def test_a_model_file_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "riêng.gguf"
    assert not found(llm="embedded", llm_file=file)["Mô hình ngôn ngữ"].ok
    file.write_bytes(b"GGUF")
    assert found(llm="embedded", llm_file=file)["Mô hình ngôn ngữ"].ok


def test_a_tampered_model_is_told(home: Path) -> None:
    file = home / "models" / weights.LLM.file_name
    file.parent.mkdir()
    file.write_bytes(b"GGUF")
    weights.mark_verified(file, weights.LLM.sha256)
    assert found(llm="embedded")["Mô hình ngôn ngữ"].ok
    file.write_bytes(b"GGUF?")
    assert not found(llm="embedded")["Mô hình ngôn ngữ"].ok


def test_broken_lines_among_the_corrections_are_told(apart: Path) -> None:
    finding = found(llm="none")["Đính chính sổ khuyến nghị"]
    assert (finding.ok, finding.detail) == (True, "0 ý kiến đã đính chính")
    file = load_settings().corrections_file
    file.parent.mkdir(exist_ok=True)
    file.write_text("{\n", encoding="utf-8")
    finding = found(llm="none")["Đính chính sổ khuyến nghị"]
    assert not finding.ok
    assert "dòng 1" in finding.detail


def test_where_the_ledger_is_and_that_it_can_be_written_to_is_told(apart: Path) -> None:
    finding = found()["Cơ sở dữ liệu người dùng"]
    file = apart / "home" / "ledger.sqlite3"
    assert (finding.ok, finding.detail) == (True, f"{file}, sẽ được lập khi dùng lần đầu")
    assert not file.exists()
    Ledger(load_settings().database).close()
    finding = found()["Cơ sở dữ liệu người dùng"]
    assert (finding.ok, finding.detail) == (True, f"{file}, đọc và ghi được")


def test_a_ledger_where_nothing_can_be_written_is_told(apart: Path) -> None:
    (apart / "tệp").write_text("x", encoding="utf-8")
    finding = found(database_url=f"sqlite:///{apart}/tệp/sổ.sqlite3")["Cơ sở dữ liệu người dùng"]
    assert not finding.ok
    assert f"Không ghi được vào «{apart / 'tệp'}»" in finding.detail
    assert "BOT_DATABASE_URL" in finding.detail


def test_a_damaged_ledger_is_told_with_its_place_and_the_remedy(apart: Path) -> None:
    file = apart / "sổ.sqlite3"
    file.write_bytes(b"khong phai co so du lieu" * 100)
    finding = found(database_url=f"sqlite:///{file}")["Cơ sở dữ liệu người dùng"]
    assert not finding.ok
    assert str(file) in finding.detail
    assert "bản sao lưu" in finding.detail


@pytest.mark.parametrize("url", ["mysql://lan:bimat@h/so", "sqlite://", "sqlite:///:memory:", "bimat"])
def test_an_address_that_is_none_is_told_without_its_password(url: str) -> None:
    finding = found(database_url=url)["Cơ sở dữ liệu người dùng"]
    assert not finding.ok
    assert "BOT_DATABASE_URL không dùng được" in finding.detail
    assert "bimat" not in finding.detail


def test_an_absent_postgresql_is_told_by_its_place_only() -> None:
    port = closed_port_url().rpartition(":")[2]
    finding = found(database_url=f"postgresql://lan:bimat@127.0.0.1:{port}/so")["Cơ sở dữ liệu người dùng"]
    assert not finding.ok
    assert "so trên 127.0.0.1: " in finding.detail
    assert "PostgreSQL" in finding.detail
    assert "bimat" not in finding.detail


def test_the_command_fails_when_something_is_wrong(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_LLM", "none")
    result = run("doctor")
    assert result.exit_code == 1
    assert "LỖI  Chỉ mục: Chưa có chỉ mục tài liệu. Hãy chạy «bot index» trước." in result.stdout
    assert "ĐẠT  Câu lệnh mẫu cho mô hình" in result.stdout
