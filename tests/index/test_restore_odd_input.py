"""What restoration leaves alone."""

import os
import subprocess
import sys

import pytest

from index.restore import Restorer

_SMALL = Restorer.build(["Tỉnh Đồng Tháp có IPv6", "Sở Thông tin và Truyền thông không họp ở châu Á"], 3)


@pytest.mark.parametrize("text", ["IPv6", "IPv6?", "QĐ-TTg"])
def test_codes_with_small_letters_keep_their_case_alone(text: str) -> None:
    restorer = Restorer.build(["về IPv6", "Quyết định QĐ-TTg"])
    assert restorer.restore(text) == text


@pytest.mark.parametrize("text", ["A1", "Khổ A1", "A4"])
def test_paper_sizes_are_no_vni(text: str) -> None:
    assert _SMALL.restore(text) == text


@pytest.mark.parametrize(("typed", "restored"), [("khoong", "không"), ("thoong tin", "thông tin"), ("THOONG", "THÔNG")])
def test_telex_without_a_tone_is_read_where_oong_would_be_unknown(typed: str, restored: str) -> None:
    assert _SMALL.restore(typed) == restored


def test_ties_do_not_depend_on_the_hash_seed() -> None:
    code = "from index.restore import Restorer as R; r = R.build(['thanh', 'nhanh', 'khanh'])\n"
    code += "print(ascii([r.restore(w) for w in ('zhanh', 'zzhanh', 'thnah', 'whanh', 'hanhh')]))"
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in range(8)
    }
    assert len(seen) == 1


@pytest.mark.parametrize("name", ["Krông Nô", "Krông Pắc"])
def test_names_with_marks_that_are_no_syllables_stay(name: str) -> None:
    restorer = Restorer.build(["không có gì", "Nô lệ", "Pắc Bó"])
    assert restorer.restore(name) == name


@pytest.mark.parametrize("address", ["chinhphu.vn", "https://chinhphu.vn/x", "a@chinhphu.vn"])
def test_addresses_of_the_web_stay(address: str) -> None:
    assert Restorer.build(["Chính phủ số"]).restore(address) == address


def test_a_capital_letter_of_a_name_stays() -> None:
    assert Restorer.build(["châu Á", "Nguyễn Văn Nam"]).restore("Nguyễn Văn A") == "Nguyễn Văn A"


@pytest.mark.parametrize("text", ["bo6 phan", "Nghi5 quyet51", "Wifi6E", "COVID19"])
def test_letters_with_figures_are_restored_whole_or_not_at_all(text: str) -> None:
    restored = Restorer.build(["bộ phận nghị quyết"]).restore(text)
    assert not any(mark in word for word in restored.split() for mark in "ộịế" if any(char.isdigit() for char in word))


@pytest.mark.parametrize(("typed", "read"), [("phaanj", "phận"), ("quyeets", "quyết"), ("bo65", "bộ")])
def test_keys_with_another_mark_than_the_text_knows_are_read_by_their_neighbours(typed: str, read: str) -> None:
    restorer = Restorer.build(["bộ phận", "nghị quyết"])
    assert restorer.restore(typed) == read
    assert restorer.restore("nghi quyeetj") == "nghị quyết"
