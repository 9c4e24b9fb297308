"""The catalogue as staff have edited it: read anew as soon as somebody writes, in every process."""

from typing import Any

import pytest
from django.utils import timezone

from chat import editorial
from chat.errors import Conflict
from chat.models import CatalogueEdit
from chat.taxonomy.find import find
from chat.taxonomy.index import shipped
from tests.chat.talk import begin, say
from tests.chat.taxonomy.test_overlay import PRINTING, PRINTING_WORDS

pytestmark = pytest.mark.django_db

TOLD = "We want additive manufacturing for spare parts."


def write(key: str, language: str, fields: dict[str, Any], *, kind: str = "topic", after: int = 0) -> None:
    editorial.edit_catalogue(
        place=(kind, key, language), fields=fields, shipped={}, after=after, by="Sam", now=timezone.now()
    )


def write_topic() -> None:
    write("additive_manufacturing", "", PRINTING)
    write("additive_manufacturing", "en", PRINTING_WORDS)


def found(text: str) -> set[str]:
    return set(find(text, "en", editorial.catalogue().index).strengths())


def test_without_edits_it_is_the_shipped_one() -> None:
    assert editorial.catalogue().index is shipped()


def test_what_was_written_counts_from_the_next_reading_on() -> None:
    assert "additive_manufacturing" not in found(TOLD)
    write_topic()
    assert "additive_manufacturing" in found(TOLD)


def test_the_newest_of_an_entry_counts_and_one_without_fields_is_as_shipped() -> None:
    write("iot", "", {"effort": [1, 2]})
    write("iot", "", {"effort": [3, 4]}, after=1)
    assert editorial.catalogue().index.catalogue.topics["iot"].effort == (3, 4)
    write("iot", "", {}, after=2)
    assert editorial.catalogue().edits == {}


def test_while_nobody_writes_it_is_not_read_again(django_assert_num_queries: Any) -> None:
    write_topic()
    known = editorial.catalogue()
    with django_assert_num_queries(1):
        assert editorial.catalogue() is known


def test_of_two_who_edit_the_same_entry_the_second_is_told() -> None:
    write("iot", "", {"effort": [1, 2]})
    with pytest.raises(Conflict):
        write("iot", "", {"effort": [3, 4]})
    assert CatalogueEdit.objects.count() == 1


def test_the_bot_remarks_on_a_topic_of_the_staff() -> None:
    """C7"""
    write_topic()
    assert "The drawing comes before the printer." in say(begin(), TOLD + " It takes us weeks to get any.")


def test_the_recommended_service_is_that_of_the_topic() -> None:
    """L2"""
    write_topic()
    session = begin()
    say(session, "It takes weeks to get spare parts by additive manufacturing.")
    assert session.recommended_service == "data_intelligence"
