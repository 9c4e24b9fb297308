from chat.credit import MAX_FRAMES, PATIENCE_SECONDS, Credit


def owing(frames: int, *, size: int = 10) -> Credit:
    credit = Credit()
    for seq in range(1, frames + 1):
        credit.sent(seq, size, moment=100.0)
    return credit


def test_a_reader_within_the_window_is_served() -> None:
    assert not owing(MAX_FRAMES).exhausted


def test_too_many_unacknowledged_frames_exhaust_the_window() -> None:
    assert owing(MAX_FRAMES + 1).exhausted


def test_too_many_unacknowledged_bytes_exhaust_the_window() -> None:
    assert owing(3, size=200_000).exhausted


def test_a_ping_frees_what_it_covers_and_no_more() -> None:
    credit = owing(MAX_FRAMES + 5)
    credit.acknowledged(3)
    assert credit.exhausted
    credit.acknowledged(MAX_FRAMES)
    assert not credit.exhausted
    assert credit.owed_bytes == 50


def test_an_exhausted_reader_is_overdue_only_after_its_patience() -> None:
    credit = owing(MAX_FRAMES + 1)
    assert not credit.overdue(moment=100.0 + PATIENCE_SECONDS)
    assert credit.overdue(moment=100.1 + PATIENCE_SECONDS)


def test_catching_up_ends_the_wait() -> None:
    credit = owing(MAX_FRAMES + 1)
    credit.acknowledged(MAX_FRAMES + 1)
    assert not credit.overdue(moment=10_000.0)
