"""Every page in every state, in both languages: axe finds nothing, and nothing scrolls sideways."""

from collections.abc import Callable

import pytest

from tests.browser.axe import faults_for_everybody
from tests.browser.conftest import Stage
from tests.browser.journey import Applicant
from tests.browser.tours import TOURS


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("tour", TOURS)
def test_axe_finds_nothing(
    tour: str, language: str, applicant: Callable[..., Applicant], stage: Stage
) -> None:
    number, visit = TOURS[tour]
    someone = applicant(number, locale=language)
    arguments = (someone, language, stage) if "stage" in visit.__annotations__ else (someone, language)
    faults = []
    for state in visit(*arguments):
        assert someone.page.locator("html").get_attribute("lang") == language, state
        faults += [f"{state}: {fault}" for fault in faults_for_everybody(someone.page)]
    assert not faults, "\n".join(faults)
