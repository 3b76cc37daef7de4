"""Errors of the assistant, on the same tree as those of the index."""

from index.errors import KhuyenNghiError

__all__ = [
    "BusyError",
    "ForbiddenError",
    "KhuyenNghiError",
    "LLMBusyError",
    "LLMError",
    "LLMInterruptedError",
    "LLMModelMissingError",
    "LLMTimeoutError",
    "LLMUnreachableError",
    "LedgerError",
    "NotFoundError",
    "PromptTemplateError",
    "PromptTooLongError",
    "PromptTruncatedError",
    "QuestionError",
    "RegisterError",
    "SettingsError",
    "UnauthorizedError",
    "UploadError",
]


class SettingsError(KhuyenNghiError):
    """A setting is unknown or has a value that cannot be used."""

    code = "settings"


class QuestionError(KhuyenNghiError):
    """The question is empty or too long."""

    code = "question"


class RegisterError(KhuyenNghiError):
    """What is asked of the register, or where it is to be written, cannot be."""

    code = "register"


class PromptTemplateError(KhuyenNghiError):
    """A file in `prompts/` is missing or has the wrong placeholders."""

    code = "prompt_template"


class LLMError(KhuyenNghiError):
    """The language model did not do its part; the quoted evidence still stands."""

    code = "llm"


class LLMUnreachableError(LLMError):
    """No server answers at the address."""

    code = "llm_unreachable"


class LLMModelMissingError(LLMError):
    """The server does not have the model."""

    code = "llm_model_missing"


class LLMBusyError(LLMError):
    """The server's queue is full."""

    code = "llm_busy"


class LLMInterruptedError(LLMError):
    """The answer broke off in mid-stream."""

    code = "llm_interrupted"


class LLMTimeoutError(LLMError):
    """The model did not finish in time."""

    code = "llm_timeout"


class PromptTooLongError(LLMError):
    """The prompt does not fit into the model's context."""

    code = "prompt_too_long"


class PromptTruncatedError(LLMError):
    """The server read less than was sent, so its answer cannot be trusted."""

    code = "prompt_truncated"


class NotFoundError(KhuyenNghiError):
    """What is asked for by its id is not there, or is another user's."""

    code = "not_found"


class UnauthorizedError(KhuyenNghiError):
    """Nobody is signed in."""

    code = "unauthorized"


class ForbiddenError(KhuyenNghiError):
    """Who is signed in may not do this."""

    code = "forbidden"


class BusyError(KhuyenNghiError):
    """Too many questions at once, or from one user."""

    code = "busy"


class UploadError(KhuyenNghiError):
    """An uploaded file is of a kind or a size that is not taken."""

    code = "upload"


class LedgerError(KhuyenNghiError):
    """The database of history, feedback and accounts cannot be used."""

    code = "ledger"
