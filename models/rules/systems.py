"""The systems that are built, by name."""

from typing import Any

from models.rules import System, biometrics

SYSTEMS: dict[str, System[Any]] = {system.name: system for system in (biometrics.SYSTEM,)}
