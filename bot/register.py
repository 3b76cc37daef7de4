"""`bot register …`: the statements of all documents and who says them listed, checked, and corrected."""

import getpass
import json
import sys
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from bot.console import FAILURE, NOTHING_FOUND, reported
from bot.correcting import Change, correct
from bot.errors import NotFoundError, RegisterError
from bot.kept_files import open_catalog
from bot.register_asked import Typed, understand
from bot.register_files import check_target, write_csv, write_docx, write_xlsx
from bot.register_listing import listing_of, plain_text, record_of
from bot.register_people import people_of, people_text, record_of_identity
from bot.settings import Settings
from bot.terminal import printable
from index.catalog import Catalog
from index.corrections import Correction, Corrections, placed
from index.register import Register, faults, plain_kind, plain_side

register_app = typer.Typer(help="Sổ khuyến nghị: liệt kê, kiểm tra, đính chính.", no_args_is_help=True)
Names = list[str] | None
Text = str | None
Target = Path | None
StatementId = Annotated[str, typer.Argument(help="Mã ý kiến (xem «bot register list»).")]
_QUOTE_CHARS = 100
_CHANGED = {
    "kind": "loại",
    "speaker": "người nói",
    "title": "chức danh",
    "speaker_side": "bên nói",
    "recipient": "nơi nhận",
    "province": "địa phương",
    "field": "lĩnh vực",
    "deadline": "thời hạn",
}


def open_register(settings: Settings, sure_from: float | None = None) -> Register:
    """The register of what is indexed now, as corrected; `sure_from` as the model of kinds has it, unless given.

    Raises IndexMissingError, IndexDamagedError or CorrectionsDamagedError.
    """
    with closing(open_catalog(settings)) as catalog:
        if sure_from is None:
            from index.kinds import KindModel

            sure_from = KindModel.load().sure_from
        return Register(catalog, _corrections(settings), sure_from)


@register_app.command("list")
def list_command(
    province: Annotated[Names, typer.Option(help="Tỉnh, thành phố, tên cũ hoặc mới, có dấu hoặc không dấu.")] = None,
    kind: Annotated[Names, typer.Option(help="Loại ý kiến, ví dụ: khuyến nghị, cam kết, kiến nghị.")] = None,
    field: Annotated[Names, typer.Option(help="Lĩnh vực, ví dụ: an toàn thông tin.")] = None,
    side: Annotated[Names, typer.Option(help="Bên nói: Bộ, địa phương, doanh nghiệp, người viết.")] = None,
    speaker: Annotated[str, typer.Option(help="Người nói.")] = "",
    document: Annotated[str, typer.Option(help="Mã tài liệu (xem «bot documents list»).")] = "",
    since: Annotated[str, typer.Option("--from", help="Từ ngày, tháng hoặc năm: 2020, 2020-01, 10/9/2020.")] = "",
    until: Annotated[str, typer.Option("--to", help="Đến hết ngày, tháng hoặc năm.")] = "",
    sure: Annotated[bool, typer.Option("--sure", help="Chỉ những nội dung chắc chắn.")] = False,
    every_kind: Annotated[bool, typer.Option("--all", help="Mọi loại ý kiến, không riêng khuyến nghị.")] = False,
    csv: Annotated[Target, typer.Option(help="Ghi ra tệp CSV.")] = None,
    xlsx: Annotated[Target, typer.Option(help="Ghi ra tệp Excel.")] = None,
    docx: Annotated[Target, typer.Option(help="Ghi ra tệp Word.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In mỗi ý kiến một dòng JSON.")] = False,
) -> None:
    """Liệt kê khuyến nghị (và ý kiến khác) theo địa phương, loại, lĩnh vực, người nói, thời gian; kèm nguồn."""
    files = [(file, write) for file, write in ((csv, write_csv), (xlsx, write_xlsx), (docx, write_docx)) if file]
    typed = Typed(
        province or (), kind or (), field or (), side or (), speaker, document, since, until, sure, every_kind
    )
    with reported() as settings:
        for file, _ in files:
            check_target(file)
        register = open_register(settings)
        asked = understand(typed, register)
        if document and document not in register.documents:
            raise _not_found(f"Không có tài liệu «{document}». Hãy xem mã tài liệu bằng «bot documents list».")
        lines = register.lines(asked.wanted)
        if as_json:
            for line in lines:
                print(json.dumps(record_of(line), ensure_ascii=False))
        listing = listing_of(register, asked, lines)
        for file, write in files:
            write(file, listing)
            _say(f"Đã ghi {len(lines)} {asked.noun()} vào tệp «{file}».", err=as_json)
        if not as_json and not files:
            for text in plain_text(listing, with_kind=len(asked.wanted.kinds) != 1):
                _say(text)
        _tell_if_empty(register)
    if not lines:
        raise typer.Exit(NOTHING_FOUND)


@register_app.command("people")
def people_command(
    side: Annotated[Names, typer.Option(help="Bên nói: Bộ, địa phương, doanh nghiệp, người viết.")] = None,
    province: Annotated[Names, typer.Option(help="Người, cơ quan của tỉnh, thành phố này; tên cũ hoặc mới.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In mỗi người, mỗi đơn vị một dòng JSON.")] = False,
) -> None:
    """Liệt kê người và đơn vị phát biểu trong các tài liệu: chức danh từ khi nào đến khi nào, tên khác, số ý kiến."""
    with reported() as settings:
        register = open_register(settings)
        asked = understand(Typed(provinces=province or (), sides=side or (), every_kind=True), register)
        people = people_of(register.identities, asked)
        if as_json:
            for one in people:
                print(json.dumps(record_of_identity(one), ensure_ascii=False))
        else:
            for text in people_text(people, asked):
                _say(text)
        _tell_if_empty(register)
    if not people:
        raise typer.Exit(NOTHING_FOUND)


@register_app.command("check")
def check_command() -> None:
    """Đối chiếu từng ý kiến với nguyên văn tài liệu: đoạn trích đúng chỗ, không chồng lên nhau."""
    with reported() as settings, closing(open_catalog(settings)) as catalog:
        wrong: list[str] = []
        documents = catalog.documents()
        checked = 0
        for document in documents:
            statements = catalog.statements_of(document.id)
            checked += len(statements)
            wrong += faults(document, statements)
        for fault in wrong:
            _say(f"SAI  {fault}")
        result = f"{len(wrong)} lỗi. Hãy lập lại chỉ mục: bot index --rebuild." if wrong else "tất cả đúng nguyên văn."
        _say(f"Đã kiểm tra {checked} ý kiến của {len(documents)} tài liệu: {result}")
    if wrong:
        raise typer.Exit(FAILURE)


@register_app.command("correct")
def correct_command(
    statement_id: StatementId,
    kind: Annotated[Text, typer.Option(help="Loại ý kiến đúng.")] = None,
    speaker: Annotated[Text, typer.Option(help="Người nói đúng; để trống () nếu không rõ.")] = None,
    title: Annotated[Text, typer.Option(help="Chức danh của người nói.")] = None,
    side: Annotated[Text, typer.Option(help="Bên nói: Bộ, địa phương, doanh nghiệp, người viết.")] = None,
    recipient: Annotated[Text, typer.Option(help="Nơi nhận đúng.")] = None,
    province: Annotated[Text, typer.Option(help="Tỉnh, thành phố; * là mọi địa phương.")] = None,
    field: Annotated[Text, typer.Option(help="Lĩnh vực đúng.")] = None,
    deadline: Annotated[Text, typer.Option(help="Thời hạn đúng.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Đưa câu này ra khỏi sổ.")] = False,
    restore: Annotated[bool, typer.Option("--restore", help="Bỏ mọi đính chính của câu này.")] = False,
    by: Annotated[str, typer.Option(help="Người đính chính (mặc định: tên đăng nhập).")] = "",
) -> None:
    """Đính chính một ý kiến trong sổ; tài liệu giữ nguyên, lập lại chỉ mục không làm mất đính chính."""
    change = Change(kind, speaker, title, side, recipient, province, field, deadline, remove, restore)
    with reported() as settings:
        if bool(change.given()) + remove + restore != 1:
            raise RegisterError(
                "Cần đúng một việc: sửa thông tin, --remove hoặc --restore.", "Hãy xem «bot register correct --help»."
            )
        with closing(open_catalog(settings)) as catalog:
            try:
                correction = correct(catalog, settings.corrections_file, statement_id, change, by or _user())
            except NotFoundError as exc:
                raise _not_found(f"{exc.message} Hãy xem mã bằng «bot register list --all».") from exc
        _say(f"“{correction.quote}”")
        _say(f"Đã ghi: {_what(correction)}.")


@register_app.command("corrections")
def corrections_command() -> None:
    """Liệt kê các đính chính, cũ trước mới sau; báo đính chính nào không còn khớp với tài liệu đã nạp."""
    with reported() as settings:
        corrections = _corrections(settings)
        with closing(open_catalog(settings)) as catalog:
            places = _places(catalog)
        for one in corrections:
            lost = "" if (one.source, one.quote_sha256, one.nth) in places else " – KHÔNG CÒN KHỚP với tài liệu đã nạp"
            _say(f"{one.at}  {one.by or 'không rõ người sửa'}: {_what(one)}{lost}")
            quote = one.quote if len(one.quote) <= _QUOTE_CHARS else f"{one.quote[:_QUOTE_CHARS]}…"
            _say(f"    “{quote}” – {one.source}")
        _say(f"{len(list(corrections))} lần đính chính, {len(corrections)} ý kiến.")


def _corrections(settings: Settings) -> Corrections:
    """Those kept; lines that cannot be read are told."""
    corrections = Corrections(settings.corrections_file)
    if told := corrections.broken_text():
        _say(told, err=True)
    return corrections


def _places(catalog: Catalog) -> set[tuple[str, str, int]]:
    return {
        (source, digest, nth)
        for document in catalog.documents()
        for _, digest, nth in placed(catalog.statements_of(document.id))
        for source in (document.source, *document.others)
    }


def _what(correction: Correction) -> str:
    """What a correction does, in words."""
    if not correction.is_statement:
        return "đưa ra khỏi sổ"
    if correction.is_restoring:
        return "bỏ mọi đính chính trước đó"
    plain = {"kind": plain_kind, "speaker_side": plain_side}
    told = ((name, plain.get(name, str)(value)) for name, value in correction.changes)
    return "; ".join(f"{_CHANGED[name]}: {value or '(để trống)'}" for name, value in told)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name, in a container for one
        return ""


def _tell_if_empty(register: Register) -> None:
    if not len(register):
        _say("Sổ chưa có ý kiến nào. Hãy nạp tài liệu bằng «bot index».", err=True)


def _not_found(why: str) -> typer.Exit:
    _say(why)
    return typer.Exit(NOTHING_FOUND)


def _say(text: str, *, err: bool = False) -> None:
    print(printable(text), file=sys.stderr if err else sys.stdout)
