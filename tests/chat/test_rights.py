"""A visitor's rights by their own words, over the wire, on both deployments."""

from unobot.visitor import Visitor


async def test_erasure_by_words_leaves_nothing_and_shuts_the_door(url: str) -> None:
    """I10, Q1"""
    async with Visitor(url) as ann:
        await ann.start(language="en")
        await ann.say("I am Ann Ito of Ito Foods. We retype orders by hand.")
        await ann.say("Please delete all my data")
        await ann.do("send_message", content="Yes")
        erased = await ann.expect("session_erased")
        assert erased["seq"] == ann.cursor
        assert (await ann.rest("stop_reply")).status_code in (403, 410)


async def test_a_goodbye_is_no_locked_door(url: str) -> None:
    """S2"""
    async with Visitor(url) as ann:
        await ann.start(language="en")
        await ann.say("I am Ann Ito of Ito Foods. We retype orders by hand.")
        await ann.do("send_message", content="Goodbye!")
        await ann.expect("session_closed")
        await ann.join()
        assert (await ann.say("One more thing: we use SAP."))["ai_message"]["content"]
        assert [frame["phase"] for frame in ann.log if frame["type"] == "phase_change"][-2] == "closed"


async def test_the_copy_that_was_asked_for_can_be_fetched(url: str) -> None:
    async with Visitor(url) as ann:
        await ann.start(language="en")
        await ann.say("I am Ann Ito of Ito Foods. We retype orders by hand.")
        await ann.say("Please export my data")
        await ann.do("send_message", content="Yes")
        pointer = await ann.expect(lambda f: f["type"] == "message" and "download" in f["ai_message"]["meta"])
        copy = await ann.http.get(pointer["ai_message"]["meta"]["download"], headers=ann.authorization)
        assert copy.json()["facts"]["name"]["value"] == "Ann Ito"
