"""The build hook that refuses a wheel without the page styles."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NEEDED = ("site.css", "govuk-frontend.min.js", "start.js", "favicon.svg", "NOTICE.txt")


class StylesHook(BuildHookInterface[Any]):
    """Looks for the built styles before a wheel is packed; an editable install may go without."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Refuse to pack when a built file is missing."""
        if version == "editable":
            return
        static = Path(self.root) / "bot" / "web" / "static"
        missing = [name for name in NEEDED if not (static / name).is_file()]
        if missing:
            raise SystemExit(
                f"wheel: bot/web/static lacks {', '.join(missing)}. Run `make setup` first: it builds them."
            )
