from django.urls import path

from experts import api

urlpatterns = [
    path("experts/<uuid:expert_id>/google/", api.connect_google, name="google-connect"),
    path("experts/google/callback/", api.google_callback, name="google-callback"),
]
