"""The command `cascade` and all that it can be told to do."""

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="cascade-board", prog_name="cascade")
def cascade() -> None:
    """Carry lessons to every agency, chase what is owed, and see what difference it made."""
