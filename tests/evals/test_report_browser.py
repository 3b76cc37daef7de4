"""The report in a real browser, with the network off."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from evals.cases import read_cases
from evals.report import write_report
from evals.results import Results, results
from evals.run import Task, run_task
from tests.evals.oracle import Oracle

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return results(run_task(tmp_path_factory.mktemp("runs"), Oracle(), read_cases(), Task("answers", "dev")))


@pytest.fixture
def page(browser: Browser, scored: Results) -> Iterator[Page]:
    """The report, opened offline; when it ends nothing may have been asked for or complained about."""
    opened = browser.new_context(offline=True).new_page()
    complaints: list[str] = []
    requests: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("request", lambda request: requests.append(request.url))
    file = write_report([scored, scored], scored.run.folder)
    opened.goto(file.as_uri())
    yield opened
    opened.context.close()
    assert complaints == []
    assert {url for url in requests if not url.startswith("data:")} == {file.as_uri()}


def test_charts_are_drawn_and_named(page: Page) -> None:
    charts = page.locator("figure svg[role=img]")
    expect(charts).to_have_count(2)
    for number in range(2):
        box = charts.nth(number).bounding_box()
        assert box is not None
        assert box["width"] > 400
        assert box["height"] > 100
    expect(page.locator("#chart-outcomes")).to_contain_text("direction")


def test_a_question_opens_to_its_answer_and_passages(page: Page, scored: Results) -> None:
    first = page.locator("details.question").first
    expect(first.locator("blockquote").first).to_be_hidden()
    first.locator("summary").first.click()
    expect(first.locator("blockquote").first).to_be_visible()
    expect(first).to_contain_text(scored.answers[0].case.model_answer)


def test_questions_are_filtered_by_kind_and_text(page: Page, scored: Results) -> None:
    lists = [one for one in scored.answers if one.case.category == "list"]
    page.locator("#by-category").select_option("list")
    expect(page.locator("#count")).to_have_text(f"{len(lists)} of {len(scored.answers)}")
    expect(page.locator("details.question:visible")).to_have_count(len(lists))
    page.locator("#by-text").fill(lists[0].case.id)
    expect(page.locator("details.question:visible")).to_have_count(1)
