import json

from chat import openapi
from tests.frontend.test_contract_files import _references, _resolves


def test_every_reference_of_the_openapi_document_resolves() -> None:
    """R4"""
    document = json.loads(openapi.document())
    assert [ref for ref in _references(document) if not _resolves(document, ref)] == []


def test_every_command_but_joining_can_be_sent_over_rest() -> None:
    """R4"""
    document = json.loads(openapi.document())
    body = document["paths"]["/api/v1/sessions/{session_id}/commands"]["post"]["requestBody"]
    named = {ref["$ref"].rsplit("/", 1)[1] for ref in body["content"]["application/json"]["schema"]["oneOf"]}
    assert {"SendMessage", "CreateBooking", "GetAvailability"} <= named
    assert "JoinSession" not in named


def test_every_refusal_has_the_one_error_schema() -> None:
    """R3"""
    document = json.loads(openapi.document())
    responses = document["paths"]["/api/v1/sessions"]["post"]["responses"]
    assert {"403", "404", "409", "410", "413", "422", "429", "503"} <= set(responses)
    assert responses["429"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Error"}
