"""Who is signed in, and the way out where there is one."""

from bot.identity import LOCAL, Identity
from bot.ui.signed_in import signed_in_html


def test_only_an_account_is_shown_a_way_out() -> None:
    account = signed_in_html(Identity("<lan>", frozenset({"reader", "keeper"}), "account"), "/hoi")
    assert "&lt;lan&gt;</b> (giữ tài liệu)" in account
    assert 'href="/hoi/sign-out"' in account
    assert "sign-out" not in signed_in_html(Identity("an", frozenset({"reader"}), "sso"), "")
    assert signed_in_html(LOCAL, "") == ""
