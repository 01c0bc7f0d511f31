"""Where `cascade` and `python -m bot` begin."""

from bot.cli.group import cascade


def main() -> None:
    """Run the command line."""
    cascade(prog_name="cascade")


if __name__ == "__main__":
    main()
