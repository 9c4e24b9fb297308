from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from frontend import privacy as privacy_texts
from frontend.assets import APP, DIST, assets
from frontend.sites import origins_of


@require_safe
@cache_control(no_cache=True)
def page(request: HttpRequest) -> HttpResponse:
    """The full page: conversation beside the brief. It holds no visitor's data, so it is the same for all."""
    return render(request, "frontend/page.html", {"assets": assets(APP)})


@require_safe
@cache_control(no_cache=True)
@xframe_options_exempt
def widget(request: HttpRequest) -> HttpResponseBase:
    """The same conversation for the frame on a site; only the sites that we know may show it."""
    key = request.GET.get("site", "")
    framed_by = csp_update({"frame-ancestors": origins_of(key) if key else settings.ALLOWED_ORIGINS})
    return framed_by(page)(request)


@require_safe
@cache_control(public=True, max_age=3600)
def loader(request: HttpRequest) -> HttpResponse:
    """The one script that a site embeds; its address never changes, so its age is short."""
    return HttpResponse((DIST / "widget.js").read_bytes(), content_type="text/javascript; charset=utf-8")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Reads without a script, in the language of the conversation or of the browser."""
    texts = privacy_texts.texts()
    language = privacy_texts.chosen(request.GET.get("language", ""), request.headers.get("Accept-Language", ""))
    direction = "rtl" if language == "ar" else "ltr"
    context = {"texts": texts, "text": texts[language], "language": language, "direction": direction}
    response = render(request, "frontend/privacy.html", {"assets": assets(APP), **context})
    patch_vary_headers(response, ["Accept-Language"])
    return response
