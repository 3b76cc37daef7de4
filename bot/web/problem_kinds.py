"""Every kind of problem that the API tells of: its code, its status, and what it is called."""

from dataclasses import dataclass

from bot.errors import KhuyenNghiError


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """`title` and `detail` are Vietnamese; the detail of our own errors is theirs."""

    code: str
    status: int
    title: str
    title_en: str
    detail_en: str
    detail: str = ""


_ASK_KEEPER = "Ask the administrator of the server; `bot doctor` tells what is wrong."
_LATER = "Try again in a while."
_KINDS = (
    ProblemKind("question", 422, "Câu hỏi không dùng được", "The question cannot be used", "Send a shorter question."),
    ProblemKind(
        "register",
        422,
        "Điều kiện lọc hoặc nội dung đính chính không hợp lệ",
        "The filter or the correction cannot be understood",
        "See the parameters of the route; names may be typed with or without diacritics.",
    ),
    ProblemKind(
        "upload",
        422,
        "Tệp không được nhận",
        "The file is not taken",
        "It is of a kind or a size that is not taken: see the detail.",
    ),
    ProblemKind(
        "unreadable_document",
        422,
        "Không đọc được tài liệu",
        "The document cannot be read",
        "Save it anew in the program that made it and retry.",
    ),
    ProblemKind(
        "source_not_found", 404, "Không có tệp hoặc thư mục này", "There is no such file or folder", "Check the path."
    ),
    ProblemKind(
        "nothing_to_index", 422, "Không có tài liệu để nạp", "There is nothing to index", "Upload documents first."
    ),
    ProblemKind(
        "index_locked",
        409,
        "Chỉ mục đang được cập nhật",
        "The index is being written to",
        "One run at a time: try again when the other has ended.",
    ),
    ProblemKind(
        "unauthorized",
        401,
        "Chưa đăng nhập",
        "Nobody is signed in",
        "Sign in, or send a token: `Authorization: Bearer kn_…`.",
        "Bạn chưa đăng nhập. Hãy đăng nhập rồi thử lại.",
    ),
    ProblemKind(
        "forbidden",
        403,
        "Không có quyền",
        "This is not allowed",
        "It needs another role, or a token with another scope.",
        "Bạn không có quyền làm việc này. Hãy liên hệ người quản trị.",
    ),
    ProblemKind(
        "not_found",
        404,
        "Không tìm thấy",
        "Not found",
        "There is nothing with this id or at this address, or it is another user's.",
        "Không có gì ở địa chỉ này. Hãy xem các địa chỉ tại /api/v1/openapi.json.",
    ),
    ProblemKind(
        "method_not_allowed",
        405,
        "Phương thức không được hỗ trợ",
        "Method not allowed",
        "The header Allow tells which methods there are.",
        "Địa chỉ này không nhận phương thức đó. Hãy xem tiêu đề Allow.",
    ),
    ProblemKind(
        "too_large",
        413,
        "Nội dung gửi lên quá lớn",
        "The body is too large",
        "Send less at once.",
        "Nội dung gửi lên quá lớn. Hãy gửi ít hơn.",
    ),
    ProblemKind(
        "busy", 429, "Hệ thống đang bận", "Too many requests", _LATER, "Có quá nhiều yêu cầu. Hãy thử lại sau."
    ),
    ProblemKind("ledger", 503, "Cơ sở dữ liệu không dùng được", "The database cannot be used", _ASK_KEEPER),
    ProblemKind("settings", 503, "Cấu hình không hợp lệ", "The settings are wrong", _ASK_KEEPER),
    ProblemKind("prompt_template", 503, "Câu lệnh mẫu bị hỏng", "A prompt template is wrong", _ASK_KEEPER),
    ProblemKind("llm", 503, "Mô hình ngôn ngữ gặp lỗi", "The language model failed", _LATER),
    ProblemKind("llm_unreachable", 503, "Không kết nối được mô hình", "The model cannot be reached", _ASK_KEEPER),
    ProblemKind("llm_model_missing", 503, "Chưa có mô hình", "The model is missing", _ASK_KEEPER),
    ProblemKind("llm_busy", 503, "Mô hình đang bận", "The model is busy", _LATER),
    ProblemKind("llm_interrupted", 503, "Câu trả lời bị gián đoạn", "The answer broke off", _LATER),
    ProblemKind("llm_timeout", 503, "Mô hình trả lời quá lâu", "The model took too long", _LATER),
    ProblemKind("prompt_too_long", 503, "Nội dung quá dài", "The prompt is too long", "Ask a shorter question."),
    ProblemKind("prompt_truncated", 503, "Mô hình đọc thiếu", "The model read less than was sent", _ASK_KEEPER),
    ProblemKind("index_missing", 503, "Chưa có chỉ mục", "There is no index yet", _ASK_KEEPER),
    ProblemKind(
        "index_mismatch", 503, "Chỉ mục không khớp cấu hình", "The index does not fit the settings", _ASK_KEEPER
    ),
    ProblemKind("index_damaged", 503, "Chỉ mục bị hỏng", "The index is damaged", _ASK_KEEPER),
    ProblemKind("corrections_damaged", 503, "Tệp đính chính bị hỏng", "The corrections are damaged", _ASK_KEEPER),
    ProblemKind("model_missing", 503, "Chưa chuẩn bị mô hình", "A model is not prepared", _ASK_KEEPER),
    ProblemKind("model_corrupt", 503, "Tệp mô hình bị hỏng", "A model file is damaged", _ASK_KEEPER),
    ProblemKind("disk_full", 503, "Ổ đĩa đã đầy", "The disk is full", _ASK_KEEPER),
)
BAD_REQUEST = ProblemKind(
    "bad_request",
    400,
    "Yêu cầu không đọc được",
    "The request cannot be read",
    "Send it as the description says.",
    "Không đọc được yêu cầu. Hãy gửi theo mô tả tại /api/v1/openapi.json.",
)
INVALID = ProblemKind(
    "invalid_request",
    422,
    "Yêu cầu không đúng dạng",
    "The request does not have the right form",
    "See the description of the route.",
)
INTERNAL = ProblemKind(
    "internal",
    500,
    "Lỗi của máy chủ",
    "The server failed",
    "Tell the administrator the instance: the log of the server has it.",
    "Máy chủ gặp lỗi ngoài dự kiến. Hãy thử lại, hoặc báo người quản trị kèm mã lỗi.",
)
UNAVAILABLE = ProblemKind("error", 503, "Tạm thời chưa phục vụ được", "Not available just now", _ASK_KEEPER)
_BY_CODE = {kind.code: kind for kind in (*_KINDS, UNAVAILABLE)}
# What a bare HTTP status stands for.
OF_STATUS = {
    400: BAD_REQUEST,
    401: _BY_CODE["unauthorized"],
    403: _BY_CODE["forbidden"],
    404: _BY_CODE["not_found"],
    405: _BY_CODE["method_not_allowed"],
    409: _BY_CODE["index_locked"],
    413: _BY_CODE["too_large"],
    422: INVALID,
    429: _BY_CODE["busy"],
    500: INTERNAL,
    503: UNAVAILABLE,
}


def is_known(code: str) -> bool:
    """Whether an error's code has its own row."""
    return code in _BY_CODE


def kind_of(error: KhuyenNghiError) -> ProblemKind:
    """The kind of one of our errors."""
    return _BY_CODE.get(error.code, UNAVAILABLE)
