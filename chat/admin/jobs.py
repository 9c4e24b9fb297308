from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import ChoicesCheckboxFilter, RangeDateTimeFilter

from chat import jobs
from chat.admin.access import ReadOnlyAdmin, refusals_told
from chat.admin.links import session_link
from chat.admin.parts import column
from chat.models import Job

STATE_COLOURS = {"pending": "info", "running": "warning", "done": "success", "failed": "danger"}


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ["work", "shown_state", "attempt", "run_at", "error", "conversation", "created_at"]
    list_filter = [("state", ChoicesCheckboxFilter), "kind", ("created_at", RangeDateTimeFilter)]
    search_fields = ["kind", "error"]
    search_help_text = "Kind of work or error"
    ordering = ["-id"]
    list_select_related = ["session"]
    actions = ["retry"]
    fields = [
        ("work", "shown_state", "attempt"), ("lane", "error"), ("run_at", "enqueued_at", "lease_until"),
        ("created_at", "finished_at"), "conversation", "arguments",
    ]  # fmt: skip

    @column("Work", ordering="kind")
    def work(self, job: Job) -> str:
        return job.kind.rsplit(".", 1)[-1].replace("_", " ")

    @column("State", label=STATE_COLOURS, ordering="state")
    def shown_state(self, job: Job) -> str:
        return job.state

    @column("Conversation")
    def conversation(self, job: Job) -> SafeString | str:
        return session_link(job.session)

    @admin.action(description="Try again now", permissions=["work"])
    def retry(self, request: HttpRequest, queryset: QuerySet[Job]) -> None:
        with refusals_told(request):
            count = jobs.retry(queryset, now=timezone.now())
            messages.success(request, f"{count} failed jobs are tried again.")
