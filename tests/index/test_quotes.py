"""Quotations that go on over several sentences."""

from index.quotes import closes_quote, is_open_quote, unquoted


def test_quotations_over_several_sentences() -> None:
    assert is_open_quote("“Mọi xã phải có người.")
    assert not is_open_quote("“Mọi xã phải có người”, bà nói.")
    assert closes_quote("Không để trống”, bà nói.")
    assert not closes_quote("Không để trống.")


def test_what_is_quoted_is_hidden_in_its_place() -> None:
    text = "Bà nói “đề nghị” rồi đi."
    assert len(unquoted(text)) == len(text)
    assert "đề nghị" not in unquoted(text)
