"""The API held against its own description, with what nobody would think of sending."""

import contextlib
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.core.result import Ok
from schemathesis.schemas import BaseSchema

from tests.bot.corpus import index_of
from tests.bot.web.asking import Doorman, app_of, assistant_of

pytestmark = pytest.mark.slow
_EXAMPLES = 8
_TOKEN = {"Authorization": "Bearer kn_giu"}
# What a schema cannot tell: whether a province is one, whether a question has words.
_CONFIG = """
[checks]
positive_data_acceptance.expected-statuses = ["2xx", "400", "404", "409", "422"]
"""


@pytest.fixture(scope="module")
def description(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BaseSchema]:
    """Of the API over an index of its own."""
    home = tmp_path_factory.mktemp("mô tả")
    with closing(index_of(home)) as index, assistant_of(index, home) as assistant:
        app = Doorman(app_of(assistant))
        config = SchemathesisConfig.from_str(_CONFIG)
        yield schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, config=config, headers=_TOKEN)


def test_every_answer_is_a_described_one(description: BaseSchema) -> None:
    tried = 0
    for found in description.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        for mode in GenerationMode:

            @given(case=operation.as_strategy(generation_mode=mode))
            @settings(max_examples=_EXAMPLES, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
            def every_answer(case: Any) -> None:
                case.call_and_validate(headers=_TOKEN)

            with contextlib.suppress(Unsatisfiable):  # what takes nothing cannot be sent anything wrong
                every_answer()
            tried += 1
    assert tried > 40
