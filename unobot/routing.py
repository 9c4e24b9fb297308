"""Command type -> use case, read like urls.py."""

from collections.abc import Callable, Mapping
from typing import Any

from bookings import holds, privacy
from bookings import services as bookings
from chat import contract
from chat import services as chat
from chat.contract import Command
from prd import services as prd

ACTIONS: Mapping[type[Command], Callable[..., Any]] = {
    contract.SendMessage: chat.send_message,
    contract.EditFact: chat.edit_fact,
    contract.RetractFact: chat.retract_fact,
    contract.ConfirmSummary: chat.confirm_summary,
    contract.SendResumeLink: chat.send_resume_link,
    contract.SetConsent: chat.set_consent,
    contract.RequestHuman: chat.request_human,
    contract.StopReply: chat.stop_reply,
    contract.GiveFeedback: chat.give_feedback,
    contract.ExportData: chat.export_data,
    contract.EraseData: chat.erase_data,
    contract.GeneratePrd: prd.generate_prd,
    contract.ApprovePrd: prd.approve_prd,
    contract.SharePrd: prd.share_prd,
    contract.UnsharePrd: prd.unshare_prd,
    contract.MatchExperts: bookings.match_experts,
    contract.HoldSlot: bookings.hold_slot,
    contract.ReleaseHold: bookings.release_hold,
    contract.CreateBooking: bookings.create_booking,
    contract.RescheduleBooking: bookings.reschedule_booking,
    contract.CancelBooking: bookings.cancel_booking,
}

QUERIES: Mapping[type[Command], Callable[..., Any]] = {
    contract.GetAvailability: bookings.get_availability,
    contract.GetPrdVersions: prd.get_prd_versions,
    contract.GetPrd: prd.get_prd,
    contract.GetPrdDiff: prd.get_prd_diff,
}

ATTENDANTS: tuple[Callable[..., None], ...] = (holds.keep,)

ERASERS: tuple[Callable[..., None], ...] = (bookings.erase, prd.erase)

EXPORTS: Mapping[str, Callable[[Any], Any]] = {"bookings": privacy.exported, "prds": prd.exported}
