"""C3: what strangers say in one message, by kind; the share that is understood never falls."""

import pytest

from tests.chat.consultant.drilling import FOLDER, drills, faults

LEAST = {"ar": 0.95, "ja": 0.95, "en": 0.9, "de": 0.95, "es": 0.95, "fr": 0.95}


@pytest.mark.parametrize("language", sorted(path.stem for path in FOLDER.glob("*.json")))
def test_drills_are_understood(language: str) -> None:
    """C3: see drills/<language>.json."""
    listed = drills(language)
    failed = {drill["text"]: found for drill in listed if (found := faults(language, drill))}
    share = 1 - len(failed) / len(listed)
    assert share >= LEAST.get(language, 0.97), f"{share:.3f} {failed}"
