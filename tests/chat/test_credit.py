from chat.credit import MAX_EVENTS, PATIENCE_SECONDS, Credit


def owing(events: int, *, size: int = 10) -> Credit:
    credit = Credit()
    for seq in range(1, events + 1):
        credit.sent(seq, size, moment=100.0)
    return credit


def test_a_reader_within_the_window_is_served() -> None:
    assert not owing(MAX_EVENTS).exhausted


def test_too_many_unacknowledged_events_exhaust_the_window() -> None:
    assert owing(MAX_EVENTS + 1).exhausted


def test_marks_and_chunks_count_by_their_bytes_only() -> None:
    credit = Credit()
    for _ in range(MAX_EVENTS * 2):
        credit.sent(1, 10, moment=100.0)
    assert not credit.exhausted


def test_too_many_unacknowledged_bytes_exhaust_the_window() -> None:
    assert owing(3, size=200_000).exhausted


def test_a_ping_frees_what_it_covers_and_no_more() -> None:
    credit = owing(MAX_EVENTS + 5)
    credit.acknowledged(3)
    assert credit.exhausted
    credit.acknowledged(MAX_EVENTS)
    assert not credit.exhausted
    assert credit.owed_bytes == 50


def test_an_exhausted_reader_is_overdue_only_after_its_patience() -> None:
    credit = owing(MAX_EVENTS + 1)
    assert not credit.overdue(moment=100.0 + PATIENCE_SECONDS)
    assert credit.overdue(moment=100.1 + PATIENCE_SECONDS)


def test_catching_up_ends_the_wait() -> None:
    credit = owing(MAX_EVENTS + 1)
    credit.acknowledged(MAX_EVENTS + 1)
    assert not credit.overdue(moment=10_000.0)
