"""The report: one page that holds everything and needs nothing, and its summary."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from bot.errors import SettingsError
from evals.cases import Turn
from evals.compare import compare
from evals.report import columns, facts_held, publish, tables, typing_table, write_comparison, write_report
from evals.results import Results
from evals.retype import TYPINGS
from tests.bot.corpus import evidence_of
from tests.evals.builders import (
    DONG_THAP,
    ENTERPRISES,
    PRINT_RUN,
    answer_of,
    answer_row_of,
    case_of,
    citation_of,
    found_of,
    refusal_of,
    says,
    search_row_of,
    sentence_of,
    unanswerable_of,
)
from tests.evals.systems import questions, results_of

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{ 7 * 7 }}</svg>"
CASES = [*questions(3), case_of(id="hg-number-03", split="test", question="Câu của tập test?"), unanswerable_of()]


class Page(HTMLParser):
    """A page's tags, its addresses, and its text."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.text = ""
        self._script = False
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._script = tag in {"script", "style"}
        self.addresses += [value or "" for name, value in attrs if name in {"src", "href", "xlink:href", "srcset"}]
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_endtag(self, tag: str) -> None:
        self._script = False

    def handle_data(self, data: str) -> None:
        self.text += "" if self._script else data


def run_in(folder: Path, system: str = "ours", right: int = 2) -> Results:
    """Answers of both splits, of which so many are right, and searches in every way of typing."""
    given = [*[says("Khoảng 700.")] * right, *[refusal_of()] * (5 - right)]
    rows = [answer_row_of(answer, id=case.id, asked=case.question) for case, answer in zip(CASES, given, strict=True)]
    searches = [search_row_of(found_of(), id=case.id, typing=name) for case in CASES[:4] for name in TYPINGS]
    return results_of(folder, CASES, *rows, *searches, system=system, suite="all", split="all", questions=5)


@pytest.fixture
def ours(tmp_path: Path) -> Results:
    return run_in(tmp_path / "ours")


@pytest.fixture
def baseline(tmp_path: Path) -> Results:
    return run_in(tmp_path / "baseline", "baseline", right=1)


def hostile_results(folder: Path) -> Results:
    """A run in which whatever can come from outside is hostile."""
    case = case_of(
        category="follow_up",
        question=HOSTILE,
        history=(Turn(question=HOSTILE, answer=HOSTILE),),
        must=((HOSTILE,),),
        must_not=(HOSTILE,),
        model_answer=HOSTILE,
    )
    failed = case_of(id="hg-number-02")
    citation = citation_of(quote=ENTERPRISES, title=HOSTILE, heading=HOSTILE, provinces=(HOSTILE,))
    answer = answer_of(sentence_of(HOSTILE, 1), citations=(citation,), evidence=(evidence_of(HOSTILE),), notice=HOSTILE)
    rows = [answer_row_of(answer, asked=HOSTILE), answer_row_of(None, id=failed.id, error=HOSTILE)]
    return results_of(folder, [case, failed], *rows, system=HOSTILE, model=HOSTILE, settings=HOSTILE)


def rows_of(markdown: str, heading: str) -> dict[str, list[str]]:
    """The cells of a table of the summary by the first of each row."""
    part = markdown.split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("|")]
    return {cells[0].strip(): [cell.strip() for cell in cells[1:]] for cells in lines}


def test_the_page_holds_every_question_with_answer_and_gold(ours: Results) -> None:
    page = Page(write_report([ours], ours.run.folder))
    for one in ours.answers:
        assert one.case.question in page.text
        assert one.case.id in page.text
        assert one.case.model_answer in page.text
        assert one.answer is not None
        assert one.answer.text in page.text
    assert page.tags.count("details") == 2 * len(ours.answers)  # the question, and the passages found for it
    assert "Outcome" in page.text


def test_searches_that_missed_are_shown_with_what_they_found(tmp_path: Path) -> None:
    missed = search_row_of(found_of(PRINT_RUN, DONG_THAP), id=CASES[1].id, asked=CASES[1].question)
    rows = [search_row_of(found_of(), id=CASES[0].id, asked=CASES[0].question), missed]
    scored = results_of(tmp_path / "lượt", CASES, *rows, suite="retrieval")
    page = Page(write_report([scored], tmp_path))
    assert CASES[1].question in page.text
    assert PRINT_RUN in page.text
    assert CASES[0].question not in page.text
    assert page.tags.count("details") == 1


def test_the_page_needs_nothing_from_outside(ours: Results, baseline: Results) -> None:
    for file in (
        write_report([ours, baseline], ours.run.folder),
        write_comparison(compare(ours, baseline), ours.run.folder),
    ):
        page = Page(file)
        assert page.addresses  # those within the pictures
        assert all(address.startswith(("#", "data:,")) for address in page.addresses)
        assert not {"iframe", "object", "embed", "img", "base", "form"} & set(page.tags)
        source = file.read_text(encoding="utf-8")
        assert not re.search(r"@import|url\(\s*['\"]?(?!#)", source)
        assert "fetch(" not in source


def test_what_comes_from_outside_stays_text(tmp_path: Path) -> None:
    scored = hostile_results(tmp_path / "lạ")
    page = Page(write_report([scored], scored.run.folder))
    assert page.tags.count("script") == 1  # the page's own
    assert "img" not in page.tags
    # Title, heading, system, model and settings; question, history twice, answer, notice, and all that stands below.
    assert page.text.count(HOSTILE) >= 12


def test_what_comes_from_outside_stays_text_in_a_comparison(tmp_path: Path) -> None:
    before = hostile_results(tmp_path / "trước")
    cases = [one.case for one in before.answers]
    rows = [answer_row_of(refusal_of(), id=one.case.id, asked=one.asked) for one in before.answers]
    page = Page(write_comparison(compare(before, results_of(tmp_path / "sau", cases, *rows)), tmp_path))
    assert "script" not in page.tags
    assert "img" not in page.tags
    assert page.text.count(HOSTILE) >= 6


def test_a_failed_question_says_why(tmp_path: Path) -> None:
    scored = results_of(tmp_path / "lượt", CASES, answer_row_of(None, id=CASES[0].id, error="llm: Mô hình hỏng."))
    assert "No answer: llm: Mô hình hỏng." in Page(write_report([scored], tmp_path)).text


def test_facts_are_shown_as_held_or_not(tmp_path: Path) -> None:
    case = case_of(must=(("700", "bảy trăm"), ("5G",)))
    rows = [answer_row_of(says("Bảy trăm doanh nghiệp."))]
    (one,) = results_of(tmp_path / "lượt", [case], *rows).answers
    assert facts_held(one) == [("700", True), ("5G", False)]
    (refused,) = results_of(tmp_path / "từ chối", [case], answer_row_of(refusal_of(text="700"))).answers
    assert facts_held(refused) == [("700", False), ("5G", False)]


def test_the_summary_has_a_row_for_every_measure(ours: Results, baseline: Results) -> None:
    systems = [ours, baseline]
    write_report(systems, ours.run.folder)
    text = (ours.run.folder / "summary.md").read_text(encoding="utf-8")
    headings = ["ours, dev", "ours, test", "baseline, dev", "baseline, test"]
    assert columns(systems) == headings
    assert set(tables(systems)) == {"Answers", "Retrieval, as written"}
    for name, table in tables(systems).items():
        rows = rows_of(text, name)
        assert rows["measure"] == headings
        wanted = [f"{measure.name}{' ↓' if measure.less_is_better else ''}" for measure, _ in table]
        assert list(rows)[2:] == wanted
        assert all(len(cells) == 4 for cells in rows.values())
    correct = rows_of(text, "Answers")["correct"]
    assert correct[0].startswith(".750 [")  # two of three, and one rightly refused
    assert correct[0].endswith(" n=4")
    assert re.fullmatch(r"\.000 \[-?\.000, \.\d{3}\] n=1", correct[1])


def test_retrieval_is_told_by_way_of_typing(ours: Results) -> None:
    write_report([ours], ours.run.folder)
    rows = rows_of((ours.run.folder / "summary.md").read_text(encoding="utf-8"), "Retrieval by way of typing")
    assert rows["measure"] == [f"ours, {name}" for name in TYPINGS]
    assert [measure.name for measure, _ in typing_table([ours])] == list(rows)[2:]
    assert all(re.fullmatch(r"1\.000 \[\.\d{3}, 1\.000\]", cell) for cell in rows["passage R@1"])


def test_a_run_of_answers_alone_has_no_table_of_searches(tmp_path: Path) -> None:
    scored = results_of(tmp_path / "lượt", CASES, answer_row_of(says("700"), id=CASES[0].id))
    text = (write_report([scored], tmp_path).parent / "summary.md").read_text(encoding="utf-8")
    assert list(tables([scored])) == ["Answers"]
    assert "Retrieval" not in text
    assert "typing.svg" not in text


def test_programs_find_the_same_figures(ours: Results, baseline: Results) -> None:
    write_report([ours, baseline], ours.run.folder)
    found = json.loads((ours.run.folder / "summary.json").read_text(encoding="utf-8"))
    assert [one["run"]["system"] for one in found] == ["ours", "baseline"]
    for one, results in zip(found, (ours, baseline), strict=True):
        assert list(one["measures"]) == ["dev", "test"]
        for number, split in enumerate(("dev", "test")):
            wanted = {measure.name: values[number] for table in tables([results]).values() for measure, values in table}
            assert {name: value["value"] for name, value in one["measures"][split].items()} == {
                name: estimate.value for name, estimate in wanted.items() if estimate
            }


def _charts_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.glob("*.svg"))


def _linked(markdown: str) -> list[str]:
    return sorted(re.findall(r"!\[[^\]]+\]\(([^)]+)\)", markdown))


@pytest.mark.parametrize("systems", [1, 2])
def test_publishing_writes_the_summary_and_its_charts(
    ours: Results, baseline: Results, tmp_path: Path, systems: int
) -> None:
    chosen: Sequence[Results] = [ours, baseline][:systems]
    file = publish(chosen, tmp_path / "reports")
    assert file == tmp_path / "reports" / "latest.md"
    assert _charts_in(file.parent) == ["outcomes.svg", "seconds.svg", "typing.svg"]
    assert _linked(file.read_text(encoding="utf-8")) == _charts_in(file.parent)
    for name in _charts_in(file.parent):
        assert ElementTree.parse(file.parent / name).getroot().tag.endswith("svg")
    write_report(chosen, ours.run.folder)
    assert (ours.run.folder / "summary.md").read_bytes() == file.read_bytes()


@pytest.mark.parametrize(
    "changes", [{"finished": ""}, {"suite": "answers"}, {"split": "dev"}, {"only": ("who",)}, {"limit": 16}], ids=str
)
def test_less_than_a_full_run_is_not_published(ours: Results, tmp_path: Path, changes: dict[str, Any]) -> None:
    ours.run.info = replace(ours.run.info, **changes)
    with pytest.raises(SettingsError, match="Chỉ công bố lượt chạy đầy đủ"):
        publish([ours], tmp_path / "reports")
    assert not (tmp_path / "reports").exists()


def test_publishing_again_replaces_what_was_there_with_the_same(ours: Results, tmp_path: Path) -> None:
    def published() -> dict[str, bytes]:
        folder = publish([ours], tmp_path / "reports").parent
        return {file.name: file.read_bytes() for file in folder.iterdir()}

    assert published() == published()


def test_a_comparison_shows_both_answers_of_what_changed_and_nothing_else(ours: Results, baseline: Results) -> None:
    comparison = compare(baseline, ours)
    file = write_comparison(comparison, ours.run.folder)
    page = Page(file)
    assert file.name == "comparison.html"
    assert [pair.change for pair in comparison.answers].count("unchanged") == 4
    assert "1 better, 0 worse, 4 unchanged" in " ".join(page.text.split())
    assert CASES[1].question in page.text
    assert not any(case.question in page.text for case in (CASES[0], *CASES[2:]))
    assert "Before: missing" in page.text
    assert "After: correct" in page.text
    for one in comparison.differences:
        assert one.measure.name in page.text


def test_a_comparison_shows_what_both_searches_found(tmp_path: Path) -> None:
    before = results_of(tmp_path / "trước", CASES, search_row_of(id=CASES[0].id))
    after = results_of(tmp_path / "sau", CASES, search_row_of(found_of(), id=CASES[0].id))
    page = Page(write_comparison(compare(before, after), tmp_path))
    assert "Searches: 1 better, 0 worse, 0 unchanged" in " ".join(page.text.split())
    assert page.text.index("Nothing.") < page.text.index(ENTERPRISES)
