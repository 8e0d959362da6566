"""Links that stand under a list of items go to the items they belong to."""

import re
from dataclasses import replace

from tanzhe.audits.claims.compare import cities
from tanzhe.audits.records import Item, Link, Point
from tanzhe.audits.words import said
from tanzhe.text.names.publishers import cities_of_label

MOST_FITTED = 10_000  # links times items compared by words; a longer list is told in order


def share_links(point: Point) -> None:
    """Give links that stand under a list to the items they belong to, by words, then in order."""
    bare_items = [item for item in point.items if not item.links]
    left = list(point.links)
    if left and len(point.items) > 1 and all(item.loose and not item.links for item in point.items):
        for item in point.items:  # bare bullets: the links below are those of the whole list
            item.links += [replace(link, cited=True) for link in left]
        point.links = []
        return
    if len(point.items) == 1 and left:
        point.items[0].links += left
        left = []
    few = len(left) * len(bare_items) <= MOST_FITTED
    pairs = sorted(
        ((_fit(link, item), -i, -j) for i, link in enumerate(left)
         for j, item in enumerate(bare_items) if few), reverse=True,
    )  # fmt: skip
    links, items = list(left), list(bare_items)
    for score, i, j in pairs:
        link, item = links[-i], items[-j]
        if score > 0 and any(x is link for x in left) and any(x is item for x in bare_items):
            item.links.append(link)
            left = [x for x in left if x is not link]
            bare_items = [x for x in bare_items if x is not item]
    if len(left) == len(bare_items):
        for link, item in zip(left, bare_items, strict=True):
            item.links.append(link)
        left = []
    point.links = left


def _cities_of(url: str) -> set[str]:
    """Codes of the cities an address names in letters: /xuzhou/."""
    words = re.split(r"[^a-z]+", url.lower())
    return {city.adcode[:4] for word in words if len(word) > 4 for city in cities_of_label(word)}


def _fit(link: Link, item: Item) -> int:
    """How well the words of a link fit an item: shared pairs of letters, and 文件 with plans."""
    pairs = {link.label[i : i + 2] for i in range(len(link.label) - 1)}
    score = 2 * sum(1 for pair in pairs if pair in item.title)
    score += sum(1 for pair in pairs if pair in item.text and pair not in item.title)
    score += 3 * bool(_cities_of(link.url) & {code[:4] for code in cities(item)})
    if said("document_label", link.label) and said("document_item", item.title):
        score += 1
    if score == 0 and "省" in link.label and "省" in item.text:
        score += 1
    return score
