from django.urls import path

from chat import api

urlpatterns = [
    path("sessions", api.sessions),
    path("resume", api.resume),
    path("sessions/<uuid:session_id>", api.session),
    path("sessions/<uuid:session_id>/commands", api.commands),
    path("sessions/<uuid:session_id>/events", api.events),
    path("sessions/<uuid:session_id>/export", api.export),
    path("sessions/<uuid:session_id>/attachments", api.attachments),
    path("sessions/<uuid:session_id>/attachments/<uuid:attachment_id>", api.attachment),
]
