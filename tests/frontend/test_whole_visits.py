"""From hello to the booked meeting, by people who use the page differently."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.frontend.conftest import Visiting
from tests.frontend.guest import ANSWERS, ASKED, MOST_TURNS, STORY, WAIT_MS, Guest
from tests.frontend.keyboard import Keyboard

pytestmark = pytest.mark.browser

REPLIES = """async () => {
    const {sessionId, token} = JSON.parse(localStorage.getItem("unobot.session"));
    const headers = {Authorization: `Bearer ${token}`};
    const {events} = await (await fetch(`/api/v1/sessions/${sessionId}/events?after=0&wait=0`, {headers})).json();
    return events.filter(event => event.type === "message").map(event => event.ai_message.content);
}"""
ARABIC = {
    "challenges": "عندنا مشكلة كبيرة: المرضى لا يحضرون مواعيدهم ونخسر وقت الأطباء كل يوم",
    "company": "أعمل في مجموعة الشفاء الطبية",
    "industry": "نحن في قطاع الرعاية الصحية",
    "company_size": "لدينا 340 موظفاً",
    "tech_stack": "نستخدم SAP و Excel اليوم",
    "success_criteria": "هدفنا تقليل الغياب إلى 10%",
    "timeline": "قبل نهاية أبريل 2027",
    "budget": "الميزانية لا تتجاوز 150 ألف ريال",
    "decision_maker": "القرار النهائي عند المدير التنفيذي فهد القحطاني",
    "name": "اسمي سارة الحربي",
    "email": "بريدي sara@alshifa.med.sa",
    "consent": "نعم أوافق على حفظ بياناتي",
    "confirm": "نعم، صحيح",
}
ARABIC_LETTERS = re.compile(r"[\u0600-\u06ff]")
GATHER_VIOLATIONS = """
    window.violations = [];
    document.addEventListener("securitypolicyviolation",
        event => window.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));
"""


def book_from_the_plan(guest: Guest) -> None:
    guest.page.locator(".quick-answer").first.click()
    guest.page.locator(".expert .button-primary").first.click()
    guest.page.locator(".slot").first.click()
    guest.page.locator(".details input[autocomplete=name]").fill("Lena Brandt")
    guest.page.locator(".details input[type=email]").fill("lena.brandt@nordwind-maschinenbau.de")
    guest.page.locator(".details button[type=submit], .dialog-foot .button-primary").last.click()
    expect(guest.page.locator(".booking")).to_be_visible(timeout=WAIT_MS)


def test_kai_books_a_meeting_by_keyboard_alone(visiting: Visiting) -> None:
    """Y1 Y3"""
    kai = visiting()
    keyboard = Keyboard(kai.page)
    keyboard.press("Skip to your message")
    for turn in range(MOST_TURNS):
        asked = [slot for slot in kai.page.evaluate(ASKED) if slot in ANSWERS]
        if turn and not asked:
            break
        expect(kai.composer).to_be_focused()
        keyboard.write(ANSWERS[asked[0]] if turn else STORY)
        kai.page.keyboard.press("Enter")
        expect(kai.replies).to_have_count(turn + 2, timeout=WAIT_MS)
    keyboard.sees(".prd-card")
    keyboard.press("^Yes", back=True)
    keyboard.sees(".expert")
    keyboard.press("Book with", back=True)
    keyboard.sees(".slot")
    keyboard.press(r"^\d{1,2}:\d\d$")
    keyboard.sees(".details")
    keyboard.reach("Name")
    kai.page.keyboard.press("Control+A")
    keyboard.write("Kai Wagner")
    keyboard.reach("E-mail")
    kai.page.keyboard.press("Control+A")
    keyboard.write("kai.wagner@nordwind-maschinenbau.de")
    keyboard.press("Confirm booking")
    expect(kai.page.locator(".booking")).to_contain_text("Booking confirmed", timeout=WAIT_MS)
    expect(kai.page.locator(".booking h3")).to_be_in_viewport()
    assert "Kai Wagner" in kai.page.locator(".booking").inner_text()


def test_a_screen_reader_hears_the_visit_in_order_and_every_reply_once(visiting: Visiting) -> None:
    """Y2"""
    lena = visiting()
    lena.listen()
    lena.tell()
    book_from_the_plan(lena)
    lena.page.wait_for_timeout(500)
    heard = lena.announced()
    spoken: list[str] = lena.page.evaluate(REPLIES)
    assert [text for text in heard if text != "UnoBot is typing"] == [f"UnoBot: {text}" for text in spoken[1:]]
    assert not any(one == other for one, other in pairwise(heard))


def test_the_policy_has_nothing_to_refuse_in_a_whole_visit(visiting: Visiting) -> None:
    """Q2: no violation is reported, and the browser complains of nothing."""
    lena = visiting()
    lena.page.add_init_script(GATHER_VIOLATIONS)
    lena.page.reload()
    lena.greeted()
    lena.tell()
    lena.button("Preview").click()
    expect(lena.dialog().locator(".document h3").first).to_be_visible(timeout=WAIT_MS)
    with lena.page.expect_download():
        lena.button("Download as Markdown").click()
    lena.page.keyboard.press("Escape")
    book_from_the_plan(lena)
    assert lena.page.evaluate("window.violations") == []
    assert lena.complaints == []


def test_sara_gets_to_her_meeting_in_arabic_from_right_to_left(visiting: Visiting) -> None:
    """W13: the consultant, the plan, the calendar and the page all follow her."""
    sara = visiting(locale="ar-SA", timezone_id="Asia/Riyadh", viewport={"width": 1280, "height": 800})
    sara.tell(ARABIC["challenges"], ARABIC)
    sara.page.locator(".prd-card .button-primary").click()
    expect(sara.dialog().locator(".document")).to_have_css("direction", "rtl", timeout=WAIT_MS)
    assert sara.page.locator(".document h3").first.inner_text().strip() != ""
    sara.page.keyboard.press("Escape")
    book_from_the_plan(sara)
    assert ARABIC_LETTERS.search(sara.page.locator(".booking").inner_text())
    assert sara.page.locator(".brief .fact", has_text="القطاع").locator(".chip").inner_text() == "الرعاية الصحية"
    replies = sara.replies.all_inner_texts()
    assert [text for text in replies if not ARABIC_LETTERS.search(text)] == []
    own, theirs = sara.own.first.bounding_box(), sara.replies.first.bounding_box()
    assert own
    assert theirs
    assert own["x"] < theirs["x"]
    assert sara.page.evaluate("document.documentElement.scrollWidth") == 1280
    assert sara.complaints == []
