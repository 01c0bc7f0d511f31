"""Functions on chosen values: a multiple choice is its values with a space between."""

from surveys.expressions.conversion import as_number, as_text, as_texts, as_truth, as_whole
from surveys.expressions.scene import XPathValue, clean
from surveys.expressions.stage import current_stage


def selected(chosen: XPathValue, value: XPathValue) -> bool:
    """Whether the value is among the chosen ones; of a node-set, among those of any line."""
    wanted = as_text(value).strip()
    return any(wanted in text.split() for text in as_texts([chosen]))


def selected_at(chosen: XPathValue, index: XPathValue) -> str:
    """The chosen value at that place, counted from 0; '' where there is none."""
    values, place = as_text(chosen).split(), as_whole(index, -1)
    return values[place] if 0 <= place < len(values) else ""


def count_selected(chosen: XPathValue) -> float:
    """How many values are chosen."""
    return float(len(as_text(chosen).split()))


def choice_name(value: XPathValue, question: XPathValue) -> str:
    """The words of a chosen value of the question written as '${question}'; of several, with commas."""
    label_of, name = current_stage().scene.label_of, as_text(question)[2:-1].strip()
    return ", ".join(clean(label_of(name, each)) for each in as_text(value).split())


def checklist(least: XPathValue, most: XPathValue, *answers: XPathValue) -> bool:
    """Whether as many answers as asked for are 'yes' (or a true condition); -1 leaves a bound open."""
    met = sum(_is_yes(answer) for answer in _spread(answers))
    return _is_between(float(met), least, most)


def weighted_checklist(least: XPathValue, most: XPathValue, *pairs: XPathValue) -> bool:
    """Whether the weights of the answers that are 'yes' add up to what is asked; -1 leaves a bound open."""
    if len(pairs) == 2:
        answers, weights = _spread(pairs[:1]), _spread(pairs[1:])
    else:
        answers, weights = list(pairs[::2]), list(pairs[1::2])
    met = (weight for answer, weight in zip(answers, weights, strict=False) if _is_yes(answer))
    total = sum(map(as_number, met))
    return _is_between(total, least, most)


def _spread(values: tuple[XPathValue, ...]) -> list[XPathValue]:
    spread: list[XPathValue] = []
    for value in values:
        spread += as_texts([value]) if isinstance(value, list) else [value]
    return spread


def _is_yes(answer: XPathValue) -> bool:
    return as_text(answer) == "yes" if isinstance(answer, (str, list)) else as_truth(answer)


def _is_between(number: float, least: XPathValue, most: XPathValue) -> bool:
    lowest, highest = as_number(least), as_number(most)
    return (lowest == -1 or number >= lowest) and (highest == -1 or number <= highest)
