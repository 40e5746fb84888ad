"""Settings as far as a result depends on them, without what is only shown (`Configuration.essential`).

Left out are the title of the site and the like, its colours, its own pages, the texts of actions, when a build waits
for a person, and where builds are remembered. Of a text of an action it matters only whether there is one.
"""

from __future__ import annotations

from analysis.configuration.history import HistorySettings, PublishSettings
from analysis.configuration.playbook import Action, Playbook
from analysis.configuration.site import Site, SiteSettings, Theme

SHOWN = {name: SiteSettings.model_fields[name].default for name in ("title", "description", "url", "fictional_note")}
"""Settings of the site that only its pages show, as they are where nobody sets them."""
TEXTS = ("title", "owner", "channel", "message", "offer", "timing", "because")
"""Of an action, what the team wrote."""
STATED = "·"
"""Stands for any text that is stated."""


def without_looks(site: Site) -> Site:
    """The settings as far as a result depends on them; of personas and playbook it does on what the files hold."""
    return site.model_copy(
        update={
            "site": site.site.model_copy(update=SHOWN),
            "theme": Theme(),
            "publish": PublishSettings(),
            "history": HistorySettings(),
            **dict.fromkeys(("personas", "playbook", "pages")),
        }
    )


def without_texts(playbook: Playbook) -> Playbook:
    """The playbook as far as it decides which actions apply."""
    return playbook.model_copy(update={"actions": tuple(map(_bare, playbook.actions))})


def _bare(action: Action) -> Action:
    texts = {name: _stated(text) for name in TEXTS if (text := getattr(action, name)) is not None}
    kpi = {name: _stated(text) for name, text in action.kpi.model_dump().items()}
    return action.model_copy(update={**texts, "kpi": action.kpi.model_copy(update=kpi)})


def _stated(text: str) -> str:
    return STATED if text.strip() else ""
