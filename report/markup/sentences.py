"""Sentences in the language of the site that become HTML: in templates as `_`, and with mark-up in their slots."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markupsafe import Markup, escape

from analysis.language import gettext, ngettext, pgettext


def marked_up(sentence: str, /, **slots: object) -> Markup:
    """A sentence that `gettext` found, escaped, with its slots filled in; what is Markup there stays mark-up.

    `marked_up(gettext("{segment} is largest."), segment=strong(name))`.
    """
    return escape(sentence).format(**slots)


def in_template(message: str, /, **slots: object) -> Markup:
    """A sentence in a template: `{{ _("Skip to content") }}`."""
    return marked_up(gettext(message), **slots)


def counted_in_template(singular: str, plural: str, number: int, /, **slots: object) -> Markup:
    """A sentence in a template, in the form that the number asks for."""
    return marked_up(ngettext(singular, plural, number), **slots)


def chosen_in_template(context: str, message: str, /, **slots: object) -> Markup:
    """A sentence or word in a template that English has once and another language in several forms."""
    return marked_up(pgettext(context, message), **slots)


IN_TEMPLATES: Mapping[str, Callable[..., Markup]] = {
    "_": in_template, "ngettext": counted_in_template, "pgettext": chosen_in_template,
}  # fmt: skip
"""What templates call, by the names that Babel finds sentences by."""
IN_PAGES: Mapping[str, Callable[..., str]] = {"_": gettext, "ngettext": ngettext, "pgettext": pgettext}
"""The same in a page's template, which hands text to components and headings: these escape it."""
