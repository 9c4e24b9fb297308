from django.urls import path

from prd import api

urlpatterns = [
    path("prd/<str:token>", api.document, name="prd"),
    path("prd/<str:token>/<slug:extension>", api.document, name="prd-format"),
]
