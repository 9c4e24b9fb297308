"""Writes what others read of us: the page's types and terms, the AsyncAPI and the OpenAPI document."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from chat import openapi, schema, terms
from chat.consultant.language import supported


class Command(BaseCommand):
    help = (
        "Writes frontend/src/contract.ts, docs/asyncapi.json and docs/openapi.json from chat/contract.py, "
        "and frontend/src/language/terms/ from the consultant's languages."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail when a file is stale")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        generated = {
            "frontend/src/contract.ts": schema.typescript(),
            "docs/asyncapi.json": schema.asyncapi(),
            "docs/openapi.json": openapi.document(),
            **{f"frontend/src/language/terms/{code}.json": terms.document(code) for code in supported()},
        }
        stale = {name: text for name, text in generated.items() if _read(name) != text}
        if check and stale:
            raise CommandError(f"stale: {', '.join(stale)}; run manage.py write_contract")
        for name, text in stale.items():
            _path(name).parent.mkdir(exist_ok=True)
            _path(name).write_text(text, encoding="utf-8")
            self.stdout.write(f"wrote {name}")


def _path(name: str) -> Path:
    return Path(settings.BASE_DIR) / name


def _read(name: str) -> str:
    path = _path(name)
    return path.read_text(encoding="utf-8") if path.exists() else ""
