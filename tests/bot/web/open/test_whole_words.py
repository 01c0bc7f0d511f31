"""Faces on the narrowest window, in a real browser: every word stands whole."""

import itertools

import pytest

from surveys import library
from surveys.paging.pages import pages
from tests.bot.web.make_browser import browsing, fits
from tests.bot.web.open.make_open import OpenScene
from tests.bot.web.open.make_visit import served

#: The words beside faces that stand on more than one line.
BROKEN = """
() => [...document.querySelectorAll('.faces .govuk-radios__label')].flatMap(label => {
  const found = [];
  const walk = document.createTreeWalker(label, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode())
    for (const word of node.data.matchAll(/\\S+/g)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const tops = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
      if (tops.size > 1) found.push(word[0]);
    }
  return found;
})
"""
VERSIONS = {"s5_younger": "younger", "s5_middle": "middle"}


USUALLY = (("s5_younger", "ur"),)
EACH = [
    pytest.param(*one, marks=() if one in USUALLY else pytest.mark.drill)
    for one in itertools.product(VERSIONS, ("en", "en-x-easy", "pl", "ur"))
]


@pytest.mark.parametrize(("key", "language"), EACH)
@pytest.mark.drill
async def test_no_word_beside_a_face_is_broken_on_a_narrow_window(
    shipped: OpenScene, key: str, language: str
) -> None:
    with served(shipped) as site:
        async with browsing() as browser:
            # As wide as a small telephone, and as a wide window at 400 %.
            page = await browser.new_page(viewport={"width": 320, "height": 900})
            await page.goto(site + shipped.address("s5", language, VERSIONS[key]))
            met, button = 0, "#start"
            for _ in range(len(pages(library.load(key), {}))):
                async with page.expect_navigation():
                    await page.click(button)
                button = "#send"
                if not await page.locator(button).count():
                    break  # in a language that nobody reads there are fewer pages
                met += await page.locator(".faces").count()
                assert await page.evaluate(BROKEN) == []
                assert await fits(page)
            assert met
