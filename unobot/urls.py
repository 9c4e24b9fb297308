"""Path -> view."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.static import serve
from drf_spectacular.views import SpectacularRedocView, SpectacularSwaggerView

from chat import api as chat_api
from chat import pages
from unobot import health
from unobot.catalogue import pages as catalogue
from unobot.insights import analytics_view

handler500 = "chat.api.server_error"

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("admin/analytics/", admin.site.admin_view(analytics_view), name="analytics"),
    path("admin/catalogue/", include(catalogue.urls())),
    path("admin/", admin.site.urls),
    path("api/v1/", include("chat.urls")),
    path("api/schema", chat_api.openapi_document, name="schema"),
    path("api/docs", SpectacularSwaggerView.as_view(url_name="schema")),
    path("api/redoc", SpectacularRedocView.as_view(url_name="schema")),
    path("unsubscribe/<str:token>/", pages.unsubscribe),
    path("", include("prd.urls")),
    path("", include("experts.urls")),
    path("", include("bookings.urls")),
    path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}),
    path("", include("frontend.urls")),
]
