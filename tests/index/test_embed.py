"""What is embedded, by what model, and the real embedder."""

import unicodedata
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.embed import Embedder, Encoder, embedding_text, passage_context
from index.errors import ModelMissingError
from index.records import Document, PartialDate, Passage
from tests.index.workshop import Workshop
from tests.stand_ins import HashingEncoder

_PASSAGE = Passage("d#0", "d", 0, 8, "Ngân sách › Mức chi", "Chi một.")


def test_a_passage_is_embedded_with_what_stands_around_it() -> None:
    document = Document("d", "Họp", "d.md", "0", "Chi một.", PartialDate(2020, 9), ("Long An", "Bạc Liêu"))
    assert passage_context(document, _PASSAGE) == "Họp. 9/2020. Long An, Bạc Liêu. Ngân sách › Mức chi"
    assert embedding_text(document, _PASSAGE) == f"{passage_context(document, _PASSAGE)} Chi một."


def test_the_number_of_a_letter_and_that_it_is_a_caption_stand_around_it_too() -> None:
    document = Document("d", "Họp", "d.md", "0", "Chi một.", number="12/TB-BTTTT", type="Thông báo")
    caption = replace(_PASSAGE, is_caption=True)
    assert passage_context(document, caption) == "12/TB-BTTTT. Họp. Ngân sách › Mức chi. Chú thích ảnh"


def test_what_is_not_known_leaves_no_gap() -> None:
    bare = Passage("d#0", "d", 0, 8, "", "Chi một.")
    assert embedding_text(Document("d", "Họp", "d.md", "0", "Chi một."), bare) == "Họp Chi một."


def test_a_passage_is_embedded_in_the_search_form() -> None:
    text = unicodedata.normalize("NFD", "Xã hội hoá\u200b 1.300 xã,\nđạt 0.6% ngày 10 tháng 9 năm 2020.")
    written = embedding_text(Document("d", "Họp", "d.md", "0", text), Passage("d#0", "d", 0, len(text), "", text))
    assert written == "Họp Xã hội hóa 1300 xã, đạt 0,6 phần trăm 10/9/2020."


def _model_folder(root: Path) -> Path:
    folder = root / "mô-hình"
    folder.mkdir()
    (folder / "config.json").write_text("{}", encoding="utf-8")
    (folder / "model.safetensors").write_bytes(b"x" * 10)
    (folder / "model.safetensors.verified.json").write_text("{}", encoding="utf-8")
    return folder


def test_the_fingerprint_follows_configuration_and_weights_but_not_the_mark(tmp_path: Path) -> None:
    folder = _model_folder(tmp_path)
    first = Embedder(str(folder)).fingerprint
    (folder / "model.safetensors.verified.json").write_text('{"mtime_ns": 1}', encoding="utf-8")
    assert Embedder(str(folder)).fingerprint == first
    (folder / "config.json").write_text('{"hidden_size": 1}', encoding="utf-8")
    second = Embedder(str(folder)).fingerprint
    (folder / "model.safetensors").write_bytes(b"x" * 11)
    third = Embedder(str(folder)).fingerprint
    assert len({first, second, third}) == 3
    assert all(value.startswith("mô-hình/") for value in (first, second, third))


def test_a_model_by_name_is_known_by_its_name_and_loads_nothing() -> None:
    assert Embedder("tên/mô-hình").fingerprint == "tên/mô-hình"


def test_the_stand_in_is_an_encoder_that_knows_texts_by_their_words() -> None:
    encoder: Encoder = HashingEncoder()
    vectors = encoder.encode_passages(["Nước sạch nông thôn", "Bưu chính công ích"])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1], abs=1e-6)
    query = encoder.encode_query("nuoc sach")
    assert query @ vectors[0] > 0.5 > query @ vectors[1]


@pytest.mark.models
def test_a_folder_that_is_no_model_is_reported_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match="models prepare"):
        Embedder(str(_model_folder(tmp_path))).encode_query("Họp")


@pytest.mark.models
def test_vectors_have_length_one_and_do_not_depend_on_the_batch(real_embedder: Embedder) -> None:
    texts = [f"Tỉnh thứ {number} báo cáo kết quả chuyển đổi số." + " Và hơn thế." * number for number in range(40)]
    together, alone = real_embedder.encode_passages(texts), real_embedder.encode_passages(texts[7:8])
    assert together.shape == (40, 384)
    assert together.dtype == np.float32
    assert np.linalg.norm(together, axis=1) == pytest.approx(np.ones(40), abs=1e-5)
    assert float(together[7] @ alone[0]) > 0.9999


@pytest.mark.models
def test_a_question_and_a_passage_get_prompts_of_their_own(real_embedder: Embedder) -> None:
    text = "Ngân sách cho công nghệ thông tin"
    question, passage = real_embedder.encode_query(text), real_embedder.encode_passages([text])[0]
    assert 0.8 < float(question @ passage) < 0.9999


@pytest.mark.models
def test_the_real_model_indexes_and_finds_by_meaning(shop: Workshop, real_embedder: Embedder) -> None:
    shop.encoder = real_embedder
    shop.write("nước.md", "Các xã vùng sâu được cấp nước hợp vệ sinh trong năm tới.")
    shop.write("mạng.md", "Mỗi thôn có đường truyền cáp quang tốc độ cao.")
    shop.write("chi.md", "Tỉnh nên dành một phần trăm chi ngân sách cho công nghệ thông tin.")
    shop.build()
    reader = shop.open()
    # The question shares hardly a word with the answer, so that only meaning can find it.
    assert reader.search("Internet băng rộng về làng", 1, "dense")[0].document.source_name == "mạng.md"
    assert reader.search("bao nhieu tien cho CNTT", 1)[0].document.source_name == "chi.md"
