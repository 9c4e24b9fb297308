"""Play one whole visit against a running server, over its real WebSocket, and check what it left behind."""

import asyncio
import sys
import time
from typing import Any

import httpx
from django.core.management.base import BaseCommand, CommandError, CommandParser

from bookings.models import Booking
from chat.models import Event, Mail
from unobot.visitor import Frame, Visitor

OPENING = (
    "Hi, I'm Maria Keller, head of operations at Nordlicht Logistics, a freight forwarder with about 140 people. "
    "Our dispatchers copy orders from emails into Excel by hand, which costs us roughly 30 hours a week."
)
ANSWERS = {
    "name": "My name is Maria Keller",
    "company": "We are Nordlicht Logistics",
    "industry": "We work in logistics",
    "company_size": "About 140 people",
    "challenges": "About 5 percent of the orders have typing errors, and customers complain about late deliveries.",
    "tech_stack": "We use SAP Business One, Outlook and Excel. Please do not replace SAP.",
    "success_criteria": "We want to cut the manual work from 30 hours to 5 hours a week.",
    "timeline": "It should go live by the end of June 2027.",
    "budget": "Between 40k and 60k euros.",
    "decision_maker": "I decide together with our CEO Jan Petersen.",
    "email": "maria.keller@nordlicht.example",
    "consent": "Yes, that is fine.",
    "confirm": "Yes, that is right.",
    "anything_else": "No, that's all.",
}
MOST_TURNS = 14
MAILS_WITHIN_SECONDS = 30


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--url", default="http://127.0.0.1:8000")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.perf_counter()
        visit = Visit(options["url"], self.stdout.write)
        try:
            asyncio.run(visit.play())
        except (TimeoutError, httpx.HTTPError, OSError) as error:
            raise CommandError(f"The visit broke off: {error!r}") from error
        self._check(visit)
        self.stdout.write(
            self.style.SUCCESS(f"\nA whole visit in {time.perf_counter() - started:.1f} s. All checks passed.")
        )

    def _check(self, visit: "Visit") -> None:
        booking = Booking.objects.get(pk=visit.booking_id)
        if booking.status != Booking.Status.CONFIRMED:
            raise CommandError(f"The booking is {booking.status}, not confirmed")
        logged = list(Event.objects.filter(session_id=visit.session_id).values_list("seq", flat=True).order_by("seq"))
        if logged != list(range(1, len(logged) + 1)):
            raise CommandError("The event log has gaps")
        self._check_mails(visit)

    def _check_mails(self, visit: "Visit") -> None:
        ends = time.monotonic() + MAILS_WITHIN_SECONDS
        while True:
            mails = list(Mail.objects.filter(session_id=visit.session_id, kind__startswith="booking"))
            if len(mails) >= 2 and all(mail.state == Mail.State.SENT for mail in mails):
                break
            if time.monotonic() > ends:
                raise CommandError(f"The confirmation mails were not sent: {[(m.kind, m.state) for m in mails]}")
            time.sleep(0.1)
        self.stdout.write("\n== Mails ==")
        for mail in mails:
            files = ", ".join(mail.attachments.values_list("filename", flat=True))
            self.stdout.write(f"  to {mail.to}: {mail.subject} [{files}]")


class Visit:
    """Maria's visit, printed as it goes."""

    def __init__(self, url: str, write: Any) -> None:
        self.url, self.write = url, write
        self.session_id = self.booking_id = ""

    async def play(self) -> None:
        async with Visitor(self.url, timeout=40) as maria:
            await maria.start(language="en", timezone="Europe/Berlin")
            self.session_id = maria.session_id
            greeting = await maria.expect("message")
            self._print("UnoBot", greeting["ai_message"]["content"])
            await self._talk(maria, greeting)
            await self._read_prd(maria)
            expert = await self._meet_experts(maria)
            await self._book(maria, expert)

    def _print(self, who: str, text: str) -> None:
        self.write(f"{who:>7}: {text}")

    async def _talk(self, maria: Visitor, question: Frame) -> None:
        line = OPENING
        for _ in range(MOST_TURNS):
            self._print("Maria", line)
            reply = await maria.say(line)
            self._print("UnoBot", reply["ai_message"]["content"])
            if any(frame["type"] == "prd_ready" for frame in maria.log):
                return
            asking = reply["ai_message"]["meta"]["asking"]
            line = " ".join(ANSWERS[slot] for slot in asking if slot in ANSWERS) or "Please go on."
        sys.exit(f"No PRD after {MOST_TURNS} turns")

    async def _read_prd(self, maria: Visitor) -> None:
        if not any(frame["type"] == "prd_generated" for frame in maria.log):
            await asyncio.sleep(0.5)
        if not any(frame["type"] == "prd_generated" for frame in maria.log):
            await maria.do("generate_prd")
        prd = await maria.expect("prd_generated")
        text = (await maria.http.get(prd["url"])).raise_for_status().text
        self.write(f"\n== {prd['filename']} (version {prd['version']}) ==")
        self.write("\n".join(text.splitlines()[:40]))

    async def _meet_experts(self, maria: Visitor) -> Frame:
        await maria.do("match_experts", limit=3)
        matched = await maria.expect("experts_matched")
        self.write("\n== Experts ==")
        for expert in matched["experts"]:
            self.write(f"  {expert['score']:5.1f}  {expert['name']}, {expert['role']}")
            for reason in expert["reasons"]:
                self.write(f"         {reason['points']:4.1f}/{reason['most']:g}  {reason['text']}")
        best: Frame = matched["experts"][0]
        return best

    async def _book(self, maria: Visitor, expert: Frame) -> None:
        availability = await maria.do("get_availability", expert_id=expert["id"], timezone="Europe/Berlin")
        slots = availability["slots"]
        self.write(f"\n== {len(slots)} free times with {expert['name']} ==")
        for slot in slots[:5]:
            self.write(f"  {slot['display_date']} {slot['display_time']} (for the expert {slot['expert_time']})")
        start = slots[0]["start_time"]
        held = await maria.do("hold_slot", expert_id=expert["id"], start_time=start)
        await maria.do(
            "create_booking",
            expert_id=expert["id"],
            start_time=start,
            timezone="Europe/Berlin",
            client_name="Maria Keller",
            client_email="maria.keller@nordlicht.example",
            hold_id=held["result"]["hold_id"],
        )
        booking = await maria.expect("booking_confirmed")
        self.booking_id = booking["booking_id"]
        self.write(
            f"\n== Booked ==\n  {booking['start_time']} with {booking['expert_name']}: {booking['meeting_link']}"
        )
