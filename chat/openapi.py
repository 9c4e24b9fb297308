"""The REST twin as an OpenAPI 3.1 document, from the same structs as the socket's AsyncAPI one. Pure."""

import json
from typing import Any

import msgspec

from chat import contract, errors, rest, schema

Json = dict[str, Any]

BODIES = (
    rest.StartSession,
    rest.ResumeSession,
    rest.SessionStarted,
    rest.SessionResumed,
    rest.SessionState,
    rest.EventPage,
)
SESSION_ID = {"name": "session_id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
ATTACHMENT_ID = {**SESSION_ID, "name": "attachment_id"}
VERSION = {"name": "version", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}
TOKEN = {"name": "token", "in": "path", "required": True, "schema": {"type": "string"}}
FORMAT = {"name": "format", "in": "path", "required": True, "schema": {"enum": ["md", "html", "pdf", "docx"]}}
REFUSALS = {
    str(error.status): error.message
    for error in (
        errors.Forbidden,
        errors.NotFound,
        errors.Conflict,
        errors.Expired,
        errors.TooLarge,
        errors.Invalid,
        errors.RateLimited,
        errors.Unavailable,
    )
}


def document() -> str:
    """The whole of ``docs/openapi.json``."""
    _, bodies = msgspec.json.schema_components(BODIES, ref_template=schema.REFERENCE)
    whole = {
        "openapi": "3.1.0",
        "info": {"title": "UnoBot", "version": "1", "description": "The same commands and events as on the socket."},
        "paths": _paths(),
        "components": {
            "schemas": {**bodies, **schema.components()},
            "securitySchemes": {"session": {"type": "http", "scheme": "bearer"}},
        },
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _paths() -> Json:
    return {
        "/api/v1/sessions": {
            "post": _operation("Start a session", "StartSession", {"201": "SessionStarted"}, open_to_all=True)
        },
        "/api/v1/resume": {
            "post": _operation(
                "Open a session by the secret of a resume link",
                "ResumeSession",
                {"200": "SessionResumed"},
                open_to_all=True,
            )
        },
        "/api/v1/sessions/{session_id}": _of_session(
            {"get": _operation("Where a session stands", "", {"200": "SessionState"})}
        ),
        "/api/v1/sessions/{session_id}/commands": _of_session({"post": _commands()}),
        "/api/v1/sessions/{session_id}/events": _of_session({"get": _events()}),
        "/api/v1/sessions/{session_id}/export": _of_session(
            {"get": _operation("Everything kept about the visitor", "", {"200": ""})}
        ),
        "/api/v1/sessions/{session_id}/attachments": _of_session({"post": _attach()}),
        "/api/v1/sessions/{session_id}/attachments/{attachment_id}": _of_session(
            {"parameters": [SESSION_ID, ATTACHMENT_ID], "get": _operation("A file of the visitor's", "", {"200": ""})}
        ),
        "/api/v1/sessions/{session_id}/prd/{version}/{format}": _of_session({"get": _document()}, VERSION, FORMAT),
        "/prd/{token}/{format}": {"parameters": [TOKEN, FORMAT], "get": _document(open_to_all=True)},
    }


def _of_session(operations: Json, *parameters: Json) -> Json:
    return {"parameters": [SESSION_ID, *parameters], **operations}


def _operation(summary: str, body: str, answers: dict[str, str], *, open_to_all: bool = False) -> Json:
    operation: Json = {
        "summary": summary,
        "responses": {
            **{status: _json("Done.", _ref(name) if name else {"type": "object"}) for status, name in answers.items()},
            **{status: _json(message, _ref("Error")) for status, message in REFUSALS.items()},
        },
        "security": [] if open_to_all else [{"session": []}],
    }
    if body:
        operation["requestBody"] = {"required": True, **_content(_ref(body))}
    return operation


def _attach() -> Json:
    operation = _operation("Attach a file", "", {"200": "Ack"})
    fields = {"id": {"type": "string"}, "file": {"type": "string", "format": "binary"}}
    form = {"type": "object", "required": list(fields), "properties": fields}
    operation["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": form}}}
    return operation


def _commands() -> Json:
    operation = _operation("Send a command", "", {})
    commands = [_ref(struct.__name__) for struct in schema.COMMANDS if struct is not contract.JoinSession]
    answers = [_ref(name) for name in ("Ack", "Availability", "PrdVersions", "PrdDocument", "PrdDiff", "Pong")]
    operation["requestBody"] = {"required": True, **_content({"oneOf": commands})}
    operation["responses"] |= {"200": _json("Done.", {"oneOf": answers}), "202": {"description": "Passed on."}}
    return operation


def _events() -> Json:
    operation = _operation("Read the events after a position, waiting for them if wished", "", {"200": "EventPage"})
    operation["parameters"] = [
        {"name": name, "in": "query", "schema": {"type": "integer", "minimum": 0, "maximum": most, "default": 0}}
        for name, most in (("after", 2**31 - 1), ("wait", 25))
    ]
    return operation


def _document(*, open_to_all: bool = False) -> Json:
    operation = _operation("The requirements document as a file", "", {}, open_to_all=open_to_all)
    file = {"schema": {"type": "string", "format": "binary"}}
    operation["responses"]["200"] = {"description": "The file.", "content": {"application/octet-stream": file}}
    return operation


def _json(description: str, body: Json) -> Json:
    return {"description": description, **_content(body)}


def _content(body: Json) -> Json:
    return {"content": {"application/json": {"schema": body}}}


def _ref(name: str) -> Json:
    return {"$ref": schema.REFERENCE.format(name=name)}
