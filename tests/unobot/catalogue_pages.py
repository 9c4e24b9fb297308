"""The catalogue's pages as somebody at a browser uses them: forms are read, changed and sent as they stand."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse


class _Inputs(HTMLParser):
    """The names and values of a page's inputs, as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._area = self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "input" and name and (given.get("type") != "checkbox" or "checked" in given):
            self.values[name] = given.get("value") or ""
        elif tag == "textarea":
            self._area, self.values[name] = name, ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self.values[self._select] = given.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""


def address(kind: str, key: str, part: str) -> str:
    return reverse("catalogue_entry", args=[kind, key, part])


def fields(client: Client, page: str) -> dict[str, str]:
    """What the page's form holds."""
    reader = _Inputs()
    reader.feed(client.get(page).content.decode())
    return {name: value.removeprefix("\n") for name, value in reader.values.items()}


def send(client: Client, page: str, do: str = "save", **changed: str) -> Any:
    """The page's form with some fields changed: ``aliases`` is its input ``aliases:``, ``fr_0_1`` is ``fr:0-1``."""
    return client.post(page, {**fields(client, page), **{_input(n): value for n, value in changed.items()}, "do": do})


def _input(name: str) -> str:
    if name in ("text", "spoken"):
        return name
    return name.replace("_", ":", 1).replace("_", "-") if name[-1].isdigit() else f"{name}:"


def told(response: Any) -> list[str]:
    """What the page complains of."""
    shown = response.content.decode().split('class="ub-problem">')[1:]
    return [part.split("</p>", 1)[0] for part in shown]
