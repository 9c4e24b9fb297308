from django.urls import path

from bookings import api

urlpatterns = [
    path("bookings/ics/<str:token>/invite.ics", api.invite),
    path("bookings/cancel/<str:token>/", api.cancel),
    path("bookings/reschedule/<str:token>/", api.reschedule),
]
