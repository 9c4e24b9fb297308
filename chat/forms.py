"""How staff edit what the bot says: plain text, short enough for a chat, with only the placeholders that get filled."""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from chat.consultant.industries import industry_keys
from chat.consultant.knowledge import topics
from chat.consultant.language import load, supported
from chat.consultant.speak import MOST_WORDS, count_words
from chat.models import KnowledgeEntry, WelcomeTemplate

MOST_LETTERS = 500
# A question follows the answer in the same turn.
MOST_WORDS_OF_AN_ANSWER = MOST_WORDS - 15
PLACEHOLDERS = ("name", "industry")
_BRACED = re.compile(r"\{([^{}]*)\}")
Choices = list[tuple[str, str]]


def _languages() -> Choices:
    return [(code, f"{load(code).data['language'].get('name', code)} ({code})") for code in supported()]


def _topics() -> Choices:
    return [(topic, topic.replace("_", " ").capitalize()) for topic in topics()]


def _industries() -> Choices:
    names = load("en").table("industry_names")
    return [("", "any"), *((key, str(names.get(key, key)).capitalize()) for key in industry_keys())]


def _choice(choices: Callable[[], Choices], **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=choices, widget=UnfoldAdminSelectWidget, **more)


def _text(help_text: str) -> forms.CharField:
    return forms.CharField(max_length=MOST_LETTERS, help_text=help_text, widget=UnfoldAdminTextareaWidget)


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _demand_brevity(text: str, language: str, most: int) -> None:
    if language and count_words(text, load(language)) > most:
        raise ValidationError({"text": f"Use at most {most} words: it is read in a chat."}, code="words")


class KnowledgeForm(forms.ModelForm):  # type: ignore[type-arg]
    topic = _choice(_topics)
    language = _choice(_languages)
    text = _text(f"At most {MOST_WORDS_OF_AN_ANSWER} words. The bot adds its next question to it.")

    class Meta:
        model = KnowledgeEntry
        fields = ("topic", "language", "text", "is_active")

    def clean_text(self) -> str:
        text = _in_one_line(self.cleaned_data["text"])
        if "{" in text or "}" in text:
            raise ValidationError("Nothing is filled in here: leave out the braces.", code="braces")
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        _demand_brevity(cleaned.get("text", ""), cleaned.get("language", ""), MOST_WORDS_OF_AN_ANSWER)
        return cleaned


class WelcomeForm(forms.ModelForm):  # type: ignore[type-arg]
    language = _choice(_languages)
    industry = _choice(_industries, required=False)
    text = _text("{industry} may stand in a template for an industry, {name} in one for returning visitors.")

    class Meta:
        model = WelcomeTemplate
        fields = ("language", "industry", "for_returning", "is_default", "text")

    def clean_text(self) -> str:
        text = _in_one_line(self.cleaned_data["text"])
        unknown = [name for name in _BRACED.findall(text) if name not in PLACEHOLDERS]
        if unknown or re.search(r"[{}]", _BRACED.sub("", text)):
            raise ValidationError("Only {name} and {industry} can be filled in.", code="braces")
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        text = cleaned.get("text", "")
        if "{name}" in text and not cleaned.get("for_returning"):
            raise ValidationError({"text": "Only of a returning visitor the name is known."}, code="name")
        if "{industry}" in text and (not cleaned.get("industry") or cleaned.get("is_default")):
            message = "A template with {industry} needs one, and cannot be the default for visitors of any."
            raise ValidationError({"text": message}, code="industry")
        _demand_brevity(text, cleaned.get("language", ""), MOST_WORDS)
        return cleaned
