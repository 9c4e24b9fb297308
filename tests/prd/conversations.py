"""Invented conversations: what a visitor said, turn by turn, and the facts that the consultant took from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chat.consultant.ledger import Entry, fold
from prd.brief import Brief, Mention, Said, mentions_in

TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Talk:
    """``said``: the visitor's messages, each after one of ours. ``facts``: (slot, value, quote) found in them."""

    language: str
    said: Sequence[str]
    facts: Sequence[tuple[str, Any, str]]
    topics: Sequence[tuple[str, str]] = ()
    refused: Sequence[tuple[str, str]] = ()
    service: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


def messages(talk: Talk) -> list[Said]:
    """Ours carry odd numbers, the visitor's even ones."""
    turns = [(Said(2 * n + 1, "assistant", "…"), Said(2 * n + 2, "user", text)) for n, text in enumerate(talk.said)]
    return [said for turn in turns for said in turn]


def place(talk: Talk, quote: str) -> tuple[int, int, int]:
    """(message, start, end) of the words."""
    for n, text in enumerate(talk.said):
        if quote in text:
            start = text.index(quote)
            return 2 * n + 2, start, start + len(quote)
    raise LookupError(quote)


def entry(talk: Talk, slot: str, value: Any, quote: str) -> Entry:
    message, start, end = place(talk, quote)
    return Entry(slot=slot, value=value, quote=quote, message=message, start=start, end=end)


def brief(talk: Talk, **changes: Any) -> Brief:
    mentions = [
        Mention(*place(talk, words)[:1], topic, *place(talk, words)[1:], negated=negated)
        for negated, found in ((False, talk.topics), (True, talk.refused))
        for topic, words in found
    ]
    values = {
        "language": talk.language,
        "version": 1,
        "created": TODAY,
        "facts": fold(entry(talk, *fact) for fact in talk.facts),
        "messages": messages(talk),
        "mentions": mentions,
        "service": talk.service,
    }
    return Brief(**(values | dict(talk.extra) | changes))


def found(talk: Talk, find: Any) -> list[Mention]:
    return mentions_in(messages(talk), find)


DENTIST = Talk(
    language="en",
    said=[
        "Hi, I run a dental practice in Hamburg with 14 people. Our reception is drowning in phone calls, about 60 a day, and patients wait for a callback.",
        "Lena Vogt, Praxis Vogt.",
        "We want patients to book online themselves, and a chatbot for the usual questions. But do not replace Dentys, it is our practice software.",
        "Dentys for the calendar and Outlook for mail.",
        "No-shows should go from 12% to 6%, and reception should spend less than 2 hours a day on the phone. Today it is 5 hours a day.",
        "It should be live by 15 March 2027 because two receptionists leave then.",
        "Between 20k and 35k euros.",
        "I decide together with my partner Dr. Ahrens. Our accountant must see the costs.",
        "lena.vogt@praxis-vogt.de, or +49 40 1234567. Can you also do the recall letters?",
    ],
    facts=[
        ("industry", "dental practice", "dental practice"),
        ("company_size", 14, "14 people"),
        ("challenges", "reception is drowning in phone calls", "Our reception is drowning in phone calls, about 60 a day, and patients wait for a callback"),
        ("name", "Lena Vogt", "Lena Vogt"),
        ("company", "Praxis Vogt", "Praxis Vogt"),
        ("exclusions", "replace Dentys", "do not replace Dentys"),
        ("tech_stack", "Dentys", "Dentys for the calendar"),
        ("tech_stack", "Outlook", "Outlook"),
        ("success_criteria", "no-shows from 12% to 6%", "No-shows should go from 12% to 6%"),
        ("success_criteria", "less than 2 hours a day on the phone", "reception should spend less than 2 hours a day on the phone"),
        ("timeline", {"kind": "date", "date": "2027-03-15", "text": "by 15 March 2027"}, "by 15 March 2027"),
        ("budget", {"min": 20000, "max": 35000, "currency": "EUR"}, "Between 20k and 35k euros"),
        ("decision_maker", {"self": True, "name": "Dr. Ahrens"}, "I decide together with my partner Dr. Ahrens"),
        ("stakeholders", "accountant", "Our accountant must see the costs"),
        ("email", "lena.vogt@praxis-vogt.de", "lena.vogt@praxis-vogt.de"),
        ("phone", "+49401234567", "+49 40 1234567"),
    ],
    topics=[("conversational_ai", "chatbot"), ("booking_systems", "book online"), ("conversational_ai", "phone calls")],
)  # fmt: skip

FREIGHT = Talk(
    language="en",
    said=[
        "Our dispatchers plan 40 trucks in Excel every morning, it takes 3 hours a day and late orders blow up the tours.",
        "Kofi Mensah from Volta Haulage, freight, 120 employees.",
        "Excel and a TMS called Winsped.",
        "Kilometres per delivery down by 10%.",
        "We'd like to start in spring, no hard date.",
        "Not sure about budget yet.",
        "Our managing director decides, I only collect offers.",
        "We never want the drivers tracked outside working hours, and no new hardware please.",
    ],
    facts=[
        ("challenges", "planning tours in Excel", "Our dispatchers plan 40 trucks in Excel every morning, it takes 3 hours a day and late orders blow up the tours"),
        ("name", "Kofi Mensah", "Kofi Mensah"),
        ("company", "Volta Haulage", "Volta Haulage"),
        ("industry", "freight", "freight"),
        ("company_size", 120, "120 employees"),
        ("tech_stack", "Excel", "Excel and"),
        ("tech_stack", "Winsped", "Winsped"),
        ("success_criteria", "Kilometres per delivery down by 10%", "Kilometres per delivery down by 10%"),
        ("timeline", {"kind": "flexible", "date": None, "text": "in spring, no hard date"}, "in spring, no hard date"),
        ("decision_maker", {"self": False, "name": None}, "Our managing director decides"),
    ],
    topics=[("route_optimisation", "late orders blow up the tours")],
)  # fmt: skip

BAKERY = Talk(
    language="en",
    said=[
        "We throw away too much bread. 9 shops, roughly 4,000 euros a month in the bin.",
        "Bakery Lindqvist, I'm Maja. Around 85 staff.",
        "The tills are Lightspeed, ordering is a Google Sheet that my sister fills in every evening.",
        "If waste went below 5% I'd be happy.",
        "80k at most.",
        "Before Christmas 2027.",
        "Me and my sister decide. I don't want an app for customers.",
    ],
    facts=[
        ("challenges", "too much bread thrown away", "We throw away too much bread"),
        ("company", "Bakery Lindqvist", "Bakery Lindqvist"),
        ("industry", "bakery", "Bakery"),
        ("name", "Maja", "Maja"),
        ("company_size", 85, "85 staff"),
        ("tech_stack", "Lightspeed", "Lightspeed"),
        ("tech_stack", "Google Sheet", "Google Sheet"),
        ("success_criteria", "waste below 5%", "waste went below 5%"),
        ("budget", {"min": None, "max": 80000, "currency": "EUR"}, "80k at most"),
        ("timeline", {"kind": "date", "date": "2027-12-24", "text": "Before Christmas 2027"}, "Before Christmas 2027"),
        ("decision_maker", {"self": True, "name": None}, "Me and my sister decide"),
    ],
    topics=[("forecasting", "throw away too much bread")],
    refused=[("mobile_apps", "app for customers")],
)  # fmt: skip

INSURER = Talk(
    language="en",
    said=[
        "We are a mid-size insurer in Boston. Claims come in as paper and PDF, 1,200 a week, typed by hand. Fraud slips through.",
        "Priya Nair, Harbor Mutual. I'm head of claims operations.",
        "Guidewire ClaimCenter and a SharePoint archive.",
        "Handling time per claim from 25 minutes to 8 minutes.",
        "Actually make it from 25 minutes to 10 minutes.",
        "$250,000 this fiscal year.",
        "ASAP, ideally in Q2 2027.",
        "The CIO has to agree. We must not let the AI reject a claim on its own.",
        "Is our data used to train somebody's model?",
    ],
    facts=[
        ("industry", "insurance", "insurer"),
        ("challenges", "claims typed by hand", "Claims come in as paper and PDF, 1,200 a week, typed by hand"),
        ("challenges", "fraud slips through", "Fraud slips through"),
        ("name", "Priya Nair", "Priya Nair"),
        ("company", "Harbor Mutual", "Harbor Mutual"),
        ("tech_stack", "Guidewire ClaimCenter", "Guidewire ClaimCenter"),
        ("tech_stack", "SharePoint", "SharePoint archive"),
        ("success_criteria", "handling time from 25 to 10 minutes", "from 25 minutes to 10 minutes"),
        ("budget", {"min": 250000, "max": 250000, "currency": "USD"}, "$250,000"),
        ("timeline", {"kind": "date", "date": "2027-06-30", "text": "in Q2 2027"}, "in Q2 2027"),
        ("stakeholders", "CIO", "The CIO has to agree"),
    ],
    topics=[("document_processing", "Claims come in as paper and PDF"), ("fraud_detection", "Fraud slips through")],
)  # fmt: skip

COUNCIL = Talk(
    language="en",
    said=[
        "Our building permit applications take 14 weeks, citizens phone us to ask where theirs is.",
        "City council of Wexmoor.",
        "I'd like a portal where applicants see the state of their application. It must work with screen readers.",
        "maybe 5 systems, I don't know all of them",
    ],
    facts=[
        ("challenges", "permits take 14 weeks", "building permit applications take 14 weeks"),
        ("company", "City council of Wexmoor", "City council of Wexmoor"),
        ("industry", "public sector", "City council"),
    ],
    topics=[("customer_portal", "portal where applicants see the state"), ("accessibility", "screen readers")],
)  # fmt: skip

TALKS = {"dentist": DENTIST, "freight": FREIGHT, "bakery": BAKERY, "insurer": INSURER, "council": COUNCIL}

JOINER = Talk(
    language="de",
    said=[
        "Hallo, ich leite eine Tischlerei in Graz mit 22 Leuten. Angebote tippen wir aus alten Word-Dateien ab, das kostet uns 14 Stunden pro Woche.",
        "Katrin Brunner, Tischlerei Brunner.",
        "Wir möchten, dass Angebote aus den Aufmaßen fast von selbst entstehen. Aber bitte keine neue Buchhaltung, BMD soll bleiben.",
        "BMD und Word.",
        "Von 14 Stunden auf 4 Stunden pro Woche, das wäre super.",
        "Bis Ende März 2027.",
        "Maximal 30.000 Euro.",
        "Das entscheide ich selbst. Können Ihre Leute auch vor Ort kommen?",
        "k.brunner@tischlerei-brunner.at",
    ],
    facts=[
        ("challenges", "Angebote abtippen", "Angebote tippen wir aus alten Word-Dateien ab, das kostet uns 14 Stunden pro Woche"),
        ("industry", "Handwerk", "Tischlerei"),
        ("company_size", 22, "22 Leuten"),
        ("name", "Katrin Brunner", "Katrin Brunner"),
        ("company", "Tischlerei Brunner", "Tischlerei Brunner"),
        ("tech_stack", "BMD", "BMD"),
        ("tech_stack", "Word", "Word."),
        ("success_criteria", "von 14 auf 4 Stunden", "Von 14 Stunden auf 4 Stunden pro Woche"),
        ("timeline", {"kind": "date", "date": "2027-03-31", "text": "Bis Ende März 2027"}, "Bis Ende März 2027"),
        ("budget", {"min": None, "max": 30000, "currency": "EUR"}, "Maximal 30.000 Euro"),
        ("decision_maker", {"self": True, "name": None}, "Das entscheide ich selbst"),
        ("email", "k.brunner@tischlerei-brunner.at", "k.brunner@tischlerei-brunner.at"),
    ],
    topics=[("process_automation", "Angebote aus den Aufmaßen fast von selbst entstehen")],
    refused=[("erp", "neue Buchhaltung")],
)  # fmt: skip

TALKS |= {"joiner": JOINER}

TIENDA = Talk(
    language="es",
    said=[
        "Tenemos una cadena de 6 zapaterías en Valencia. Los clientes llaman para saber si hay su talla y nadie lo sabe, perdemos 3.000 euros al mes.",
        "Soy Nuria Ferrer, de Calzados Ferrer, 48 empleados.",
        "Queremos una tienda online con el stock de cada zapatería. No queremos cambiar el TPV, usamos Glop.",
        "Glop y Excel.",
        "Pasar de 0 a 40 pedidos por semana por internet.",
        "Antes de septiembre de 2027.",
        "Unos 60.000 euros.",
        "Decide mi padre, él es el gerente.",
    ],
    facts=[
        ("challenges", "nadie sabe si hay talla", "Los clientes llaman para saber si hay su talla y nadie lo sabe, perdemos 3.000 euros al mes"),
        ("industry", "zapaterías", "zapaterías"),
        ("name", "Nuria Ferrer", "Nuria Ferrer"),
        ("company", "Calzados Ferrer", "Calzados Ferrer"),
        ("company_size", 48, "48 empleados"),
        ("exclusions", "cambiar el TPV", "No queremos cambiar el TPV"),
        ("tech_stack", "Glop", "Glop y"),
        ("tech_stack", "Excel", "Excel"),
        ("success_criteria", "de 0 a 40 pedidos por semana", "Pasar de 0 a 40 pedidos por semana por internet"),
        ("timeline", {"kind": "date", "date": "2027-08-31", "text": "Antes de septiembre de 2027"}, "Antes de septiembre de 2027"),
        ("budget", {"min": 60000, "max": 60000, "currency": "EUR"}, "Unos 60.000 euros"),
        ("decision_maker", {"self": False, "name": None}, "Decide mi padre"),
    ],
    topics=[("ecommerce", "tienda online con el stock")],
)  # fmt: skip

USINE = Talk(
    language="fr",
    said=[
        "Notre usine d'emballage à Lyon s'arrête sans prévenir, environ 9 heures par semaine. Les opérateurs ne voient rien venir.",
        "Marc Delorme, Emballages Delorme, 130 personnes.",
        "Nous voudrions être avertis avant la panne. Il ne faut pas toucher aux automates Siemens.",
        "Siemens et un SAP Business One.",
        "Passer de 9 heures à 3 heures d'arrêt par semaine.",
        "Au plus tard en juin 2027.",
        "Entre 80 000 et 120 000 euros.",
        "Le directeur industriel signe, je prépare le dossier. Travaillez-vous sur site ?",
    ],
    facts=[
        ("challenges", "arrêts imprévus", "Notre usine d'emballage à Lyon s'arrête sans prévenir, environ 9 heures par semaine"),
        ("industry", "emballage", "emballage"),
        ("company", "Emballages Delorme", "Emballages Delorme"),
        ("name", "Marc Delorme", "Marc Delorme"),
        ("company_size", 130, "130 personnes"),
        ("tech_stack", "SAP Business One", "SAP Business One"),
        ("success_criteria", "de 9 à 3 heures d'arrêt", "Passer de 9 heures à 3 heures d'arrêt par semaine"),
        ("timeline", {"kind": "date", "date": "2027-06-30", "text": "Au plus tard en juin 2027"}, "Au plus tard en juin 2027"),
        ("budget", {"min": 80000, "max": 120000, "currency": "EUR"}, "Entre 80 000 et 120 000 euros"),
        ("decision_maker", {"self": False, "name": None}, "Le directeur industriel signe"),
    ],
    topics=[("predictive_maintenance", "avertis avant la panne")],
)  # fmt: skip

RYOKAN = Talk(
    language="ja",
    said=[
        "箱根で旅館を営んでいます。電話での予約対応に1日5時間かかっています。",
        "佐藤美咲です。旅館さとう、従業員は32名です。",
        "ネットで予約できるようにしたいです。ただし、自動応答の電話は不要です。",
        "予約台帳はExcelです。",
        "電話対応を1日5時間から1時間にしたい。",
        "2027年4月まで。",
        "予算は300万円です。",
        "私が決めます。英語の予約にも対応できますか。",
    ],
    facts=[
        ("challenges", "電話での予約対応に時間がかかる", "電話での予約対応に1日5時間かかっています"),
        ("industry", "旅館", "旅館"),
        ("name", "佐藤美咲", "佐藤美咲"),
        ("company", "旅館さとう", "旅館さとう"),
        ("company_size", 32, "32名"),
        ("tech_stack", "Excel", "Excel"),
        ("success_criteria", "電話対応を1時間に", "電話対応を1日5時間から1時間にしたい"),
        ("timeline", {"kind": "date", "date": "2027-04-30", "text": "2027年4月まで"}, "2027年4月まで"),
        ("budget", {"min": 3000000, "max": 3000000, "currency": "JPY"}, "300万円"),
        ("decision_maker", {"self": True, "name": None}, "私が決めます"),
    ],
    topics=[("booking_systems", "ネットで予約できるように")],
)  # fmt: skip

SHAHN = Talk(
    language="ar",
    said=[
        "لدينا شركة شحن في دبي، والموظفون ينسخون بيانات الطلبات من البريد إلى النظام، وهذا يستغرق 25 ساعة أسبوعيا.",
        "أنا ليلى حداد من شركة الموج للشحن، 60 موظفا.",
        "نريد أن تدخل الطلبات آليا. لا نريد استبدال نظام أودو.",
        "نستخدم أودو و Excel.",
        "من 25 ساعة إلى 5 ساعات أسبوعيا.",
        "قبل نهاية مارس 2027.",
        "الميزانية 40000 دولار.",
        "القرار للمدير العام.",
    ],
    facts=[
        ("challenges", "نسخ الطلبات", "الموظفون ينسخون بيانات الطلبات من البريد إلى النظام، وهذا يستغرق 25 ساعة أسبوعيا"),
        ("industry", "شحن", "شركة شحن"),
        ("name", "ليلى حداد", "ليلى حداد"),
        ("company", "شركة الموج للشحن", "شركة الموج للشحن"),
        ("company_size", 60, "60 موظفا"),
        ("tech_stack", "أودو", "أودو و"),
        ("tech_stack", "Excel", "Excel"),
        ("success_criteria", "من 25 إلى 5 ساعات", "من 25 ساعة إلى 5 ساعات أسبوعيا"),
        ("timeline", {"kind": "date", "date": "2027-03-31", "text": "قبل نهاية مارس 2027"}, "قبل نهاية مارس 2027"),
        ("budget", {"min": 40000, "max": 40000, "currency": "USD"}, "40000 دولار"),
    ],
    topics=[("process_automation", "تدخل الطلبات آليا")],
)  # fmt: skip

TALKS |= {"shoes": TIENDA, "packaging": USINE, "ryokan": RYOKAN, "shipping": SHAHN}
