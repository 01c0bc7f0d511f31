"""What somebody typed, written on one line: `shared=all reached=6`."""


def typed(line: str) -> dict[str, list[str]]:
    """Fields and their texts; a field given several times has several, and a `~` stands for a space."""
    raw: dict[str, list[str]] = {}
    for pair in line.split():
        name, _, text = pair.partition("=")
        raw.setdefault(name, []).append(text.replace("~", " "))
    return raw
