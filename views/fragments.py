"""A page, or one named block of it: fragment and page come from the same template."""

from __future__ import annotations

from typing import Any

from flask import current_app, render_template, request


def render(template: str, fragment: str | None = None, **context: Any) -> str:
    """The whole page, or only its block `fragment` (the block's own imports stand inside it)."""
    if fragment is None:
        return render_template(template, **context)
    current_app.update_template_context(context)
    page = current_app.jinja_env.get_template(template)
    return "".join(page.blocks[fragment](page.new_context(context)))


def is_fragment_request() -> bool:
    """Whether htmx asked: it gets one sentence where a person would get a page."""
    return request.headers.get("HX-Request") == "true"
