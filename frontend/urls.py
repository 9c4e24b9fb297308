from django.urls import path

from frontend import views

urlpatterns = [
    path("", views.page, name="page"),
    path("widget/", views.widget, name="widget"),
    path("widget.js", views.loader, name="loader"),
    path("privacy/", views.privacy, name="privacy"),
]
