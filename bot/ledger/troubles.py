"""What goes wrong with the database, in our words, with what to do about it."""

from sqlalchemy import exc as sqlalchemy_errors
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.errors import LedgerError

_BACKUP = "Hãy khôi phục cơ sở dữ liệu từ bản sao lưu, hoặc dời tệp hỏng đi nơi khác để hệ thống lập tệp mới."
_NOT_WRITABLE = (
    "Không đọc hoặc ghi được tệp cơ sở dữ liệu.",
    "Hãy kiểm tra ổ đĩa và quyền ghi tại BOT_HOME (hoặc nơi BOT_DATABASE_URL chỉ).",
)
# What SQLite's messages hold, and what that means.
_OF_SQLITE = (
    (("locked", "busy"), "Cơ sở dữ liệu đang bận ghi.", "Hãy thử lại sau ít phút."),
    (("is full",), "Ổ đĩa chứa cơ sở dữ liệu đã đầy.", "Hãy giải phóng dung lượng rồi thử lại."),
    (("readonly", "unable to open", "disk i/o"), *_NOT_WRITABLE),
    (("malformed", "not a database", "no such table", "no such column"), "Cơ sở dữ liệu đã hỏng.", _BACKUP),
)
_OF_POSTGRESQL = ("Không dùng được cơ sở dữ liệu PostgreSQL.", "Hãy kiểm tra máy chủ PostgreSQL và BOT_DATABASE_URL.")


def translated(exc: SQLAlchemyError) -> LedgerError:
    """The error as people are told it; nothing of addresses, passwords or what was being written."""
    if isinstance(exc, sqlalchemy_errors.TimeoutError):
        return LedgerError("Cơ sở dữ liệu đang quá tải.", "Hãy thử lại sau ít phút.")
    if isinstance(exc, DBAPIError) and type(exc.orig).__module__.startswith("psycopg"):
        return LedgerError(*_OF_POSTGRESQL)
    told = str(exc.orig).lower() if isinstance(exc, DBAPIError) else ""
    for signs, message, remedy in _OF_SQLITE:
        if any(sign in told for sign in signs):
            return LedgerError(message, remedy)
    return LedgerError("Cơ sở dữ liệu gặp lỗi.", "Hãy xem nhật ký của máy chủ, rồi thử lại.")


def not_writable() -> LedgerError:
    """The file of the database cannot be made."""
    return LedgerError(*_NOT_WRITABLE)


def bad_address() -> LedgerError:
    """The URL is none, or of a database that is not supported; it is not repeated, for it may hold a password."""
    return LedgerError(
        "BOT_DATABASE_URL không dùng được.",
        "Hãy ghi dạng sqlite:////đường/dẫn/tệp hoặc postgresql://người:mật-khẩu@máy:cổng/tên.",
    )


def driver_missing() -> LedgerError:
    """The package for PostgreSQL is not installed."""
    return LedgerError("Chưa cài gói để nối với PostgreSQL.", "Hãy chạy «pip install khuyen-nghi[postgres]».")


def too_new() -> LedgerError:
    """The database was written by a later version of the program."""
    return LedgerError(
        "Cơ sở dữ liệu do một phiên bản mới hơn của chương trình lập.",
        "Hãy cập nhật chương trình, hoặc khôi phục bản sao lưu lập trước khi nâng cấp.",
    )


def damaged() -> LedgerError:
    """Tables that should be there are not."""
    return LedgerError("Cơ sở dữ liệu đã hỏng: thiếu bảng dữ liệu.", _BACKUP)
