from django.urls import path

from prd import api

urlpatterns = [
    path("api/v1/sessions/<uuid:session_id>/prd/<int:number>/<slug:extension>", api.own_document),
    path("prd/<str:token>", api.document, name="prd"),
    path("prd/<str:token>/<slug:extension>", api.document, name="prd-format"),
]
