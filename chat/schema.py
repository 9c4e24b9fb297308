"""The contract in other tongues: the TypeScript types of the page and an AsyncAPI 3 document.

Both are written from the same JSON schemas, so neither can say something that the structs do not.
"""

import json
from typing import Any, get_args, get_origin

import msgspec

from chat import contract, shapes

JsonSchema = dict[str, Any]

REFERENCE = "#/components/schemas/{name}"
COMMANDS = get_args(contract.ClientCommand)
EVENTS = get_args(contract.ServerEvent)
DURABLE = frozenset(event.__name__ for event in get_args(contract.DurableEvent))
SENT_BY_CLIENT = frozenset(struct.__name__ for struct in (*COMMANDS, *get_args(shapes.AnyQuickCommand)))

HEADER = """\
// Written by `manage.py write_contract` from chat/contract.py: change it there.
/* eslint-disable */
"""
PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


def components() -> dict[str, JsonSchema]:
    """Every struct that travels, by name, as JSON Schema 2020-12."""
    _, schemas = msgspec.json.schema_components((*COMMANDS, *EVENTS, shapes.QuickReply), ref_template=REFERENCE)
    for name in DURABLE:
        schemas[name]["required"].append("seq")
    return dict(schemas)


def typescript() -> str:
    """The whole of ``frontend/src/contract.ts``."""
    structs = [_interface(name, schema) for name, schema in components().items()]
    return "\n".join([HEADER, _limits(), *_literals(), *structs, *_unions()])


def _limits() -> str:
    limits = {name: getattr(shapes, name) for name in ("MAX_CONTENT", "MAX_FILE_BYTES")}
    numbers = "".join(f"export const {name} = {value};\n" for name, value in limits.items())
    return f"{numbers}export const ACCEPTED_FILES = {json.dumps(list(shapes.ACCEPTED_FILES))};\n"


def asyncapi() -> str:
    """The whole of ``docs/asyncapi.json``: one channel, what may be sent on it and what may arrive."""
    document = {
        "asyncapi": "3.0.0",
        "info": {"title": "UnoBot session socket", "version": "1.0.0", "description": _first_paragraph()},
        "defaultContentType": "application/json",
        "channels": {"session": {"address": "/ws/", "messages": {n: _ref("messages", n) for n in _message_names()}}},
        "operations": {
            "command": _operation("receive", [struct.__name__ for struct in COMMANDS]),
            "event": _operation("send", [struct.__name__ for struct in EVENTS]),
        },
        "components": {"messages": {n: _message(n) for n in _message_names()}, "schemas": components()},
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _literals() -> list[str]:
    return [f"export type {name} = {_choices(get_args(alias))};\n" for name, alias in _aliases() if _is_literal(alias)]


def _unions() -> list[str]:
    return [
        f"export type {name} =\n  | " + "\n  | ".join(struct.__name__ for struct in get_args(alias)) + ";\n"
        for name, alias in _aliases()
        if get_args(alias) and all(_is_struct(member) for member in get_args(alias))
    ]


def _aliases() -> list[tuple[str, Any]]:
    return [
        (name, value)
        for name, value in {**vars(shapes), **vars(contract)}.items()
        if name[0].isupper() and get_args(value)
    ]


def _is_literal(alias: Any) -> bool:
    return str(get_origin(alias)) == "typing.Literal"


def _is_struct(member: Any) -> bool:
    return isinstance(member, type) and issubclass(member, msgspec.Struct)


def _interface(name: str, schema: JsonSchema) -> str:
    about = f"/** {_one_line(schema['description'])} */\n" if "description" in schema else ""
    fields = "".join(
        f"  {field}{'' if _always_there(name, field, schema) else '?'}: {_type(inner)};\n"
        for field, inner in schema["properties"].items()
    )
    return f"{about}export interface {name} {{\n{fields}}}\n"


def _always_there(name: str, field: str, schema: JsonSchema) -> bool:
    """A client may leave out what has a default; the server always writes it."""
    written_default = "default" in schema["properties"][field] and name not in SENT_BY_CLIENT
    return field in schema.get("required", []) or written_default


def _type(schema: JsonSchema) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[1]
    if "enum" in schema:
        return _named_choices(schema["enum"])
    if "anyOf" in schema:
        return " | ".join(_type(inner) for inner in schema["anyOf"])
    if schema.get("type") == "array":
        return f"Array<{_type(schema['items'])}>"
    if schema.get("type") == "object":
        return f"Record<string, {_type(schema.get('additionalProperties', {}))}>"
    return PLAIN[schema["type"]] if "type" in schema else "unknown"


def _named_choices(values: list[Any]) -> str:
    for name, alias in _aliases():
        if _is_literal(alias) and set(get_args(alias)) == set(values):
            return name
    return _choices(values)


def _choices(values: Any) -> str:
    return " | ".join(json.dumps(value) for value in values)


def _message_names() -> list[str]:
    return [struct.__name__ for struct in (*COMMANDS, *EVENTS)]


def _message(name: str) -> JsonSchema:
    kind = components()[name]["properties"]["type"]["enum"][0]
    return {"name": kind, "payload": _ref("schemas", name)}


def _operation(action: str, names: list[str]) -> JsonSchema:
    messages = [{"$ref": f"#/channels/session/messages/{name}"} for name in names]
    return {"action": action, "channel": {"$ref": "#/channels/session"}, "messages": messages}


def _ref(section: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{section}/{name}"}


def _first_paragraph() -> str:
    return _one_line((contract.__doc__ or "").strip())


def _one_line(text: str) -> str:
    return " ".join(text.split())
