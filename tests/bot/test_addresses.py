"""What settings may name as an address, an origin or a path."""

import pytest

from bot import addresses
from bot.errors import SettingsError
from bot.settings import load_settings


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("root_path", "tro-ly", "không phải đường dẫn dạng /tro-ly"),
        ("root_path", "/tro ly", "không phải đường dẫn"),
        ("root_path", "//evil.example", "không phải đường dẫn"),
        ("sso_proxies", "cong.tinh.vn", "không phải địa chỉ hay dải địa chỉ IP"),
        ("sso_proxies", "10.0.0.0/33", "không phải địa chỉ"),
        ("sso_proxies", "10.0.0.1/8", "không phải địa chỉ"),
        ("sso_user_header", "X-User: x", "không phải tên tiêu đề"),
        ("frame_ancestors", "https://a.vn; script-src *", "không phải nguồn"),
        ("frame_ancestors", "*", "không phải nguồn"),
        ("frame_ancestors", "https://a.vn/duong-dan", "không phải nguồn"),
        ("cors_origins", "*", "không phải nguồn"),
        ("cors_origins", "https://*.tinh.vn", "không phải nguồn"),
        ("cors_origins", "null", "không phải nguồn"),
    ],
)
def test_what_cannot_be_one_is_refused_by_name(name: str, value: str, said: str) -> None:
    with pytest.raises(SettingsError, match=rf"{name}: .*{said}"):
        load_settings(**{name: value})


def test_single_sign_on_without_proxies_is_refused() -> None:
    with pytest.raises(SettingsError, match="sso_proxies: chế độ sso cần địa chỉ của máy chủ trung gian"):
        load_settings(auth="sso")
    assert load_settings(auth="sso", sso_proxies="10.0.0.1, fd00::/8").sso_proxies == ("10.0.0.1", "fd00::/8")


def test_slashes_and_capitals_do_not_matter() -> None:
    settings = load_settings(root_path="/tro-ly/", cors_origins="https://Cong.Tinh.vn/,http://[::1]:8080")
    assert settings.root_path == "/tro-ly"
    assert settings.cors_origins == ("https://cong.tinh.vn", "http://[::1]:8080")
    assert load_settings(root_path="/").root_path == ""
    assert load_settings(frame_ancestors="https://*.tinh.vn").frame_ancestors == ("https://*.tinh.vn",)


@pytest.mark.parametrize(
    ("netloc", "host"),
    [("a.vn:80", "a.vn"), ("A.vn", "a.vn"), ("[::1]:80", "::1"), ("", ""), ("[", ""), ("user@a.vn", "a.vn")],
)
def test_the_host_of_a_header(netloc: str, host: str) -> None:
    assert addresses.host_of(netloc) == host


@pytest.mark.parametrize(
    ("host", "is_own"),
    [("localhost.", True), ("LocalHost", True), ("::1", True), ("0.0.0.0", False), ("", False), ("128.0.0.1", False)],
)
def test_only_this_machine_is_loopback(host: str, is_own: bool) -> None:
    assert addresses.is_loopback(host) is is_own
