"""What is done for experts on the clock."""

from celery import shared_task
from django.db.models import Q
from django.utils import timezone

from experts.calendars import reading
from experts.holidays import mark
from experts.models import Expert, ExternalCalendar


@shared_task(ignore_result=True)
def mark_holidays() -> None:
    mark(Expert.objects.filter(is_active=True).exclude(country=""), today=timezone.now().date())


@shared_task(ignore_result=True)
def read_calendars() -> None:
    """One task a calendar, so that a slow one holds up nobody else's."""
    now = timezone.now()
    due = Q(tried_at__isnull=True) | Q(tried_at__lte=now - reading.EVERY)
    for pk in ExternalCalendar.objects.filter(due, is_active=True, expert__is_active=True).values_list("pk", flat=True):
        read_calendar.delay(calendar_id=pk)


@shared_task(ignore_result=True)
def read_calendar(*, calendar_id: int) -> None:
    calendar = ExternalCalendar.objects.select_related("expert").filter(pk=calendar_id).first()
    if calendar is not None:
        reading.read(calendar, now=timezone.now())
