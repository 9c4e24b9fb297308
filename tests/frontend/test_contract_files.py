import json

from chat import schema


def test_the_page_knows_every_command_and_event_by_name() -> None:
    text = schema.typescript()
    assert all(f"export interface {struct.__name__} " in text for struct in (*schema.COMMANDS, *schema.EVENTS))


def test_a_field_with_a_default_is_optional_to_send_and_certain_to_arrive() -> None:
    text = schema.typescript()
    assert "last_seq?: number" in text.split("interface JoinSession")[1].split("}")[0]
    assert "retryable: boolean" in text.split("interface Error ")[1].split("}")[0]


def test_a_durable_event_always_has_its_place_in_the_log() -> None:
    assert "seq: number" in schema.typescript().split("interface PhaseChange ")[1].split("}")[0]


def test_every_reference_of_the_asyncapi_document_resolves() -> None:
    document = json.loads(schema.asyncapi())
    assert [ref for ref in _references(document) if not _resolves(document, ref)] == []


def _references(node: object) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [ref for inner in node.values() for ref in _references(inner)]
    return [ref for inner in node for ref in _references(inner)] if isinstance(node, list) else []


def _resolves(document: dict[str, object], ref: str) -> bool:
    node: object = document
    for step in ref.removeprefix("#/").split("/"):
        if not isinstance(node, dict) or step not in node:
            return False
        node = node[step]
    return True
