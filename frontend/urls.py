from django.urls import path

from frontend import views

urlpatterns = [
    path("", views.page, name="page"),
    path("privacy/", views.privacy, name="privacy"),
]
