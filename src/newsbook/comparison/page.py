"""A comparison as one page of HTML, which needs nothing beside it and runs no script."""

from newsbook.assets import read_asset, template_environment
from newsbook.comparison.issues import Comparison, told


def as_html(comparison: Comparison) -> bytes:
    """Return the page as UTF-8. What stands in articles is text here, for the template escapes it."""
    from markupsafe import Markup

    page = (
        template_environment()
        .get_template("diff.html")
        .render(
            comparison=comparison,
            changed=comparison.changed,
            told=", ".join(told(comparison)) or "nothing changed",
            css=Markup(read_asset("styles/diff.css")),  # noqa: S704 - our own file.
        )
    )
    return page.strip().encode("utf-8", "replace") + b"\n"
