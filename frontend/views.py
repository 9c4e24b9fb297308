from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from frontend.assets import APP, assets


@require_safe
@cache_control(no_cache=True)
def page(request: HttpRequest) -> HttpResponse:
    """The full page: conversation beside the brief. It holds no visitor's data, so it is the same for all."""
    return render(request, "frontend/page.html", {"assets": assets(APP)})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "frontend/privacy.html", {"assets": assets(APP)})
