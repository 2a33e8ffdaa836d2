"""What the tests of pages share."""

import pytest
from flask import Flask

from tests.conftest import Clock
from tests.models import builders
from tests.views.world import World, build


@pytest.fixture
def world(app: Flask, clock: Clock) -> World:
    clock.set(builders.NOW)
    return build(app)
