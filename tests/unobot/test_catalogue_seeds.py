"""What is shipped keeps to everything that staff's edits are held to, in every language."""

import pytest

from chat.editorial import Catalogue
from chat.taxonomy.catalogue import LANGUAGES, shipped
from chat.taxonomy.edits import NONE
from chat.taxonomy.index import shipped as shipped_index
from prd import checks
from prd.wording import Patterns
from unobot.catalogue.fields import KINDS
from unobot.catalogue.kinds import Kind

KNOWN = Catalogue({}, NONE, shipped_index())
FEWEST_ALIASES = 10
TRADES = {
    "health", "finance", "public", "retail", "manufacturing", "logistics", "education", "energy", "hospitality",
    "legal", "software", "nonprofit",
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("part", ["", *LANGUAGES])
def test_every_shipped_entry_passes_the_checks(kind: Kind, part: str) -> None:
    entries = {key: kind.shipped(key, part) for key in kind.shipped_keys()} if part in kind.parts else {}
    found = {key: kind.check((kind.key, key, part), fields, fields, KNOWN) for key, fields in entries.items() if fields}
    assert {key: problems for key, problems in found.items() if problems} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_document_about_any_topic_keeps_the_rules_even_for_somebody_who_only_named_it(language: str) -> None:
    """P2"""
    broken = {key: checks.findings(key, language, Patterns(), seeds=1) for key in shipped().topics}
    assert {key: found for key, found in broken.items() if found} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_is_named_and_has_ten_aliases(language: str) -> None:
    lexicon = shipped().lexicons[language]
    thin = {key: len(lexicon.aliases[key]) for key in shipped().topics if len(lexicon.aliases[key]) < FEWEST_ALIASES}
    assert thin == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_twelve_industries_have_words_and_rules(language: str) -> None:
    kind = KINDS["industry"]
    assert set(kind.shipped_keys()) >= TRADES
    assert all(kind.shipped(key, language) and kind.shipped(key, "")["rules"] for key in TRADES)
