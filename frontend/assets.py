"""The files that Vite built, looked up in the manifest it wrote beside them."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.templatetags.static import static

DIST = Path(__file__).resolve().parent / "dist"
APP = "src/app/main.tsx"


@dataclass(frozen=True, slots=True)
class Assets:
    """Addresses of one entry's script and styles; their names change with their contents."""

    script: str
    styles: tuple[str, ...]
    font: str


@cache
def assets(entry: str) -> Assets:
    chunk = json.loads((DIST / "manifest.json").read_text(encoding="utf-8"))[entry]
    styles = tuple(static(f"frontend/{name}") for name in chunk["css"])
    font = next(static(f"frontend/{name}") for name in chunk["assets"] if name.endswith(".woff2"))
    return Assets(script=static(f"frontend/{chunk['file']}"), styles=styles, font=font)
