"""The four kinds, field by field, in the words in which staff read them."""

from collections.abc import Mapping

from chat.consultant.language import FALLBACK, load
from chat.consultant.thoughts import INSIGHT
from chat.taxonomy.catalogue import table
from chat.taxonomy.checks import SERVICES
from chat.taxonomy.overlay import TOPIC
from prd import checks as document_checks
from prd import wording
from unobot.catalogue import shapes, sources
from unobot.catalogue.kinds import Field, Group, Kind
from unobot.catalogue.shapes import Choices

INDUSTRY, RULE = "industry", "rule"


def _levels() -> Choices:
    return [(level, level.capitalize()) for level in document_checks.LEVELS]


def _services() -> Choices:
    return [(service, service) for service in SERVICES]


def _topics() -> Choices:
    rows = table("topics")
    return sorted(((key, row["labels"][FALLBACK]) for key, row in rows.items()), key=lambda pair: pair[1])


def _parts(field: str) -> shapes.Parts:
    levels = dict.fromkeys(("likelihood", "impact"), _levels()) if field == "risk" else {}
    return shapes.Parts(document_checks.PARTS[field], levels)


SLOTS = (
    "{it} is what is built; {clients}, {client}, {staff} and {record} are the words of the industry, {company} the "
    "company. Of [one|other] each client gets one."
)

TOPICS = Kind(
    key=TOPIC,
    title="Topics",
    one="topic",
    about="What visitors need and experts can do. The conversation, the requirements document and the matching all "
    "read this.",
    general=[
        Group(
            "What it is",
            [
                Field("service", "Service", shapes.Choice(_services), "What is recommended when it is told."),
                Field("effort", "Effort in person-days", shapes.Days(), "Documents show it as an assumption."),
                Field("like", "Like", shapes.Choice(_topics), "Its requirements stand in where there are none here."),
                Field(
                    "thing", "Something one may own", shapes.Flag(), "Then “our portal is slow” is no wish for one."
                ),
                Field("off", "Switched off", shapes.Flag(), "Not found any more, nowhere."),
            ],
        ),
        Group(
            "How it is found and matched besides its names",
            [
                Field(
                    "neighbours", "Neighbours", shapes.Weights(),
                    "Topics that an expert in this one can help with, a line each: key and nearness, as in: iot 0.6",
                ),
                Field("products", "Products", shapes.Lines(), "Brand names, a line each. A weak sign of the topic."),
                Field(
                    "cues", "Cues", shapes.Lines(6),
                    "Concepts of the lexicon that tell of the need together, and a weight, as in: CAMERA DEFECT 0.9",
                ),
            ],
        ),
    ],
    told=[
        Group(
            "How visitors speak of it",
            [
                Field("label", "Name", shapes.Text(), "As visitors and experts read it."),
                Field("aliases", "Aliases", shapes.Phrases(), "What it is called, 10 to 20, with commas between. "
                      "Inflections and typing errors are seen to."),
                Field("pains", "Of these, unwanted", shapes.Phrases(),
                      "Aliases that nobody wants, so that “no more downtime” is a need and not a refusal."),
                Field("hints", "Hints", shapes.Phrases(), "Words that make it likely but could mean something else."),
                Field("contexts", "Contexts", shapes.Phrases(), "Words that only go well with it."),
                Field("stories", "Stories", shapes.Lines(),
                      "The trouble without its name, as people of many trades would tell it, a sentence a line."),
                Field("thought", "Remark", shapes.Text(long=True),
                      "Said once when a visitor tells of it and no insight fits: at most 25 words, no figures."),
            ],
        ),
        Group(
            "What the document says",
            [
                Field("name", "Name in documents", shapes.Text()),
                Field("it", "What is built", shapes.Lines(2), "Stands for {it}; one of the lines for each client."),
                Field("insight", "Our reading of the problem", shapes.Text(long=True)),
                Field("goal", "Goal", shapes.Text(), "The metric, without a target."),
                Field("measure", "Measured by", shapes.Text(long=True)),
                Field("scope", "In scope", shapes.Lines()),
                Field("out", "Out of scope", shapes.Lines()),
            ],
        ),
        Group(
            "Requirements",
            [
                Field("fr", "Functional, the most important first", shapes.Rows(_parts("fr")), SLOTS),
                Field("nfr", "Quality", _parts("nfr"), "With a number and its unit, or a standard."),
            ],
        ),
        Group(
            "Risk and question",
            [
                Field("risk", "Usual risk", _parts("risk")),
                Field("ask", "Usual question", _parts("ask")),
            ],
        ),
    ],
    shipped_keys=lambda: list(table("topics")),
    shipped=sources.topic_shipped,
    label=lambda key, english: str(english.get("label") or key.replace("_", " ")),
    check=sources.check_topic,
    prove=sources.prove_topic,
    first=("service", "effort", "like", "label", "aliases"),
)  # fmt: skip

INSIGHTS = Kind(
    key=INSIGHT,
    title="Insights",
    one="insight",
    about="One concrete thought that the bot says when it recognises a problem, once in a conversation.",
    general=[Group("Use", [Field("off", "Switched off", shapes.Flag(), "Not said any more, in no language.")])],
    told=[
        Group(
            "Insight",
            [
                Field(
                    "cue", "Words that tell of the problem", shapes.Lines(5),
                    "A line each. ~ is any ending, ? makes the letter before it optional, (one|other) is a choice.",
                ),
                Field("say", "What the bot says", shapes.Text(long=True), "At most 25 words, no figures, no promises."),
            ],
        )
    ],
    shipped_keys=lambda: list(load(FALLBACK).table("insights")),
    shipped=sources.insight_shipped,
    label=lambda key, _: key.replace("_", " ").capitalize(),
    check=sources.check_insight,
    first=("cue", "say"),
    opening=FALLBACK,
)  # fmt: skip

INDUSTRIES = Kind(
    key=INDUSTRY,
    title="Industries",
    one="industry",
    about="The words of a trade, and the laws and standards that its documents name.",
    general=[
        Group(
            "What binds it",
            [
                Field(
                    "rules", "Rules", shapes.Places(),
                    f"A line each, the weightiest first: key and where it binds ({', '.join(sources.PLACES)}), as in: "
                    "gdpr: eu, uk. A document names three.",
                )
            ],
        )
    ],
    told=[
        Group(
            "Its words",
            [
                Field("aliases", "Known by", shapes.Lines(4), "Words that tell of the industry, a line each."),
                Field("clients", "Whom it serves", shapes.Pairs(), "Many and one, a line each: patients | patient"),
                Field("staff", "Who works there", shapes.Lines()),
                Field("record", "What they work on", shapes.Lines()),
            ],
        )
    ],
    shipped_keys=lambda: list(wording.shipped_bindings()),
    shipped=sources.industry_shipped,
    label=lambda key, _: key.replace("_", " ").capitalize(),
    check=sources.check_industry,
)  # fmt: skip

RULES = Kind(
    key=RULE,
    title="Rules",
    one="rule",
    about="Laws and standards as quality requirements. The industries say whom they bind, and where.",
    general=[],
    told=[
        Group(
            "Rule",
            [
                Field("law", "Law or standard", shapes.Text()),
                Field("title", "Title", shapes.Text()),
                Field("text", "Requirement", shapes.Text(long=True), SLOTS),
                Field("verify", "Verified by", shapes.Text(long=True)),
                Field("why", "Why it is assumed to bind", shapes.Text(long=True)),
            ],
        )
    ],
    shipped_keys=lambda: list(wording.shipped_rules(FALLBACK)),
    shipped=sources.rule_shipped,
    label=lambda key, english: str(english.get("law") or key),
    check=sources.check_rule,
    first=("law", "title", "text", "verify", "why"),
)

KINDS: Mapping[str, Kind] = {kind.key: kind for kind in (TOPICS, INSIGHTS, INDUSTRIES, RULES)}
