"""Settings: `BOT_*` in the environment, `.env`, `bot.toml`, in that order of precedence."""

import hashlib
import os
import re
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import platformdirs
from pydantic import BeforeValidator, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from bot import addresses
from bot.errors import SettingsError
from index.extracted import Limits

_PREFIX = "BOT_"
_HEADER_NAME = re.compile(r"[A-Za-z0-9-]+")
# What of the settings changes an answer; the rest is where things are and how they are served.
_ANSWER_SETTINGS = (
    "embedder",
    "passage_chars",
    "dense_weight",
    "evidence_chars",
    "llm",
    "llm_file",
    "context_tokens",
    "answer_style",
    "answer_tokens",
    "support_threshold",
    "ollama_model",
)


def _listed(value: object) -> object:
    """What an environment variable holds, parted at commas."""
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


# Several values: parted by commas in the environment, a list in bot.toml.
Listed = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)]


class Settings(BaseSettings):
    """Every setting, with its default. The README lists them for people."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, env_file=".env", toml_file="bot.toml", extra="forbid", frozen=True, env_ignore_empty=True
    )

    home: Path = Field(default_factory=lambda: Path(platformdirs.user_data_dir("khuyen-nghi", appauthor=False)))
    embedder: str = ""
    passage_chars: int = Field(default=700, ge=200, le=4000)
    dense_weight: float = Field(default=0.55, ge=0, le=1)

    file_seconds: float = Field(default=120.0, gt=0)
    file_memory_mib: int = Field(default=2048, ge=256)
    file_pages: int = Field(default=3000, ge=1)
    file_unpacked_mib: int = Field(default=300, ge=1)

    question_chars: int = Field(default=1000, ge=50)
    evidence_chars: int = Field(default=1000, ge=300, le=8000)
    answer_style: Literal["quote", "write"] = "quote"
    answer_tokens: int = Field(default=400, ge=16)
    support_threshold: float | None = Field(default=None, ge=0, le=1)

    llm: Literal["embedded", "ollama", "none"] = "embedded"
    llm_file: Path | None = None
    llm_threads: int = Field(default_factory=lambda: max(1, os.cpu_count() or 1), ge=1)
    context_tokens: int = Field(default=4096, ge=1024)
    timeout_s: float = Field(default=120.0, gt=0)
    ollama_url: str = "http://127.0.0.1:11434"
    ollama_model: str = "qwen2.5:7b-instruct"
    ollama_keep_alive: str = "30m"

    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=1, le=65535)
    root_path: str = ""
    auth: Literal["none", "accounts", "sso"] = "none"
    sso_proxies: Listed = Field(default=(), validate_default=True)
    sso_user_header: str = "X-Remote-User"
    sso_groups_header: str = "X-Remote-Groups"
    sso_secret: SecretStr = SecretStr("")
    keeper_groups: Listed = ()
    admin_groups: Listed = ()
    frame_ancestors: Listed = ()
    cors_origins: Listed = ()
    requests_per_minute: int = Field(default=60, ge=1)
    upload_mib: int = Field(default=50, ge=1)

    database_url: SecretStr = SecretStr("")
    history_days: int = Field(default=365, ge=0)
    audit: Literal["full", "counts"] = "full"
    audit_days: int = Field(default=365, ge=1)

    llm_queue: int = Field(default=16, ge=0)
    llm_wait_s: float = Field(default=60.0, gt=0)
    cached_answers: int = Field(default=256, ge=0)

    @field_validator("home", "llm_file")
    @classmethod
    def _expand(cls, path: Path | None) -> Path | None:
        return path.expanduser() if path else path

    @field_validator("home")
    @classmethod
    def _folder(cls, path: Path) -> Path:
        if path.exists() and not path.is_dir():
            raise ValueError(f"«{path}» không phải thư mục")
        return path

    @field_validator("ollama_url")
    @classmethod
    def _url(cls, url: str) -> str:
        try:
            parts = urlsplit(url)
            usable = parts.scheme in {"http", "https"} and parts.hostname and (parts.port or 1)
        except ValueError:
            usable = False
        if not usable:
            raise ValueError(f"«{url}» không phải địa chỉ dạng http://máy:cổng")
        return url

    @field_validator("root_path")
    @classmethod
    def _root_path(cls, path: str) -> str:
        return addresses.root_path(path)

    @field_validator("sso_proxies")
    @classmethod
    def _proxies(cls, proxies: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        addresses.networks(proxies)
        if info.data.get("auth") == "sso" and not proxies:
            raise ValueError("chế độ sso cần địa chỉ của máy chủ trung gian, nếu không thì ai cũng giả danh được")
        return proxies

    @field_validator("sso_user_header", "sso_groups_header")
    @classmethod
    def _header(cls, name: str) -> str:
        if not _HEADER_NAME.fullmatch(name):
            raise ValueError(f"«{name}» không phải tên tiêu đề HTTP")
        return name

    @field_validator("frame_ancestors")
    @classmethod
    def _ancestors(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        return addresses.origins(values, subdomains=True)

    @field_validator("cors_origins")
    @classmethod
    def _origins(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        return addresses.origins(values)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Environment before `.env` before `bot.toml`."""

        def own_dotenv() -> dict[str, Any]:
            """Other programs' keys in a shared `.env` are none of our business; unknown ones of ours are."""
            return {key: value for key, value in dotenv_settings().items() if key in names or key.startswith("bot_")}

        names = settings_cls.model_fields
        return init_settings, env_settings, own_dotenv, TomlConfigSettingsSource(settings_cls)  # type: ignore[return-value]  # a callable is all that is asked of a source

    @property
    def file_limits(self) -> Limits:
        """What reading a file may cost."""
        return Limits(self.file_seconds, self.file_memory_mib, self.file_pages, self.file_unpacked_mib)

    @property
    def models_folder(self) -> Path:
        """Where prepared models live."""
        return self.home / "models"

    @property
    def index_folder(self) -> Path:
        """Where the index lives."""
        return self.home / "index"

    @property
    def corrections_file(self) -> Path:
        """What people corrected in the register; apart from the index, which may be made anew."""
        return self.home / "corrections.jsonl"

    @property
    def database(self) -> str:
        """Where history, feedback and accounts are kept, as SQLAlchemy has it."""
        return self.database_url.get_secret_value() or f"sqlite:///{self.home / 'ledger.sqlite3'}"

    @property
    def digest(self) -> str:
        """Twelve hex digits that change when a setting that can change an answer does."""
        values = [f"{name}={getattr(self, name)}" for name in _ANSWER_SETTINGS]
        return hashlib.sha256("\n".join(values).encode()).hexdigest()[:12]


def load_settings(**overrides: Any) -> Settings:
    """Read the settings. Raises SettingsError naming each key that is unknown or has a bad value."""
    unknown = sorted(
        key
        for key in os.environ
        if key.upper().startswith(_PREFIX) and key[len(_PREFIX) :].lower() not in Settings.model_fields
    )
    if unknown:
        raise SettingsError(
            f"Không có cấu hình tên {', '.join(unknown)}.", "Hãy xem danh sách cấu hình trong README rồi sửa lại."
        )
    try:
        return Settings(**overrides)
    except ValidationError as exc:
        problems = "; ".join(f"{'.'.join(map(str, error['loc']))}: {_reason(error)}" for error in exc.errors())
        raise SettingsError(
            f"Cấu hình không hợp lệ – {problems}.", "Hãy sửa biến môi trường BOT_…, tệp .env hoặc bot.toml."
        ) from exc
    except ValueError as exc:  # a bot.toml that is not TOML
        raise SettingsError(f"Không đọc được bot.toml: {exc}.", "Hãy sửa lại cú pháp TOML.") from exc


_REASONS = {
    "extra_forbidden": "không có cấu hình tên này",
    "int_parsing": "phải là số nguyên",
    "float_parsing": "phải là số",
    "greater_than": "phải lớn hơn {gt}",
    "greater_than_equal": "phải từ {ge} trở lên",
    "less_than_equal": "phải từ {le} trở xuống",
    "literal_error": "phải là một trong {expected}",
    "value_error": "{error}",
}


def _reason(error: ErrorDetails) -> str:
    form = _REASONS.get(error["type"])
    return form.format(**error.get("ctx", {})) if form else str(error["msg"])
