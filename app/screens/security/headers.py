"""What every answer carries: content security policy, frame and type rules, no caching of personal pages (F12)."""

from flask import Flask, Response, request
from flask_talisman import Talisman
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def install_headers(app: Flask) -> None:
    """Headers, CSRF protection for every writing request, and believed proxies."""
    production = app.config["ENVIRONMENT"] == "production"
    Talisman(
        app,
        force_https=production,
        strict_transport_security=production,
        content_security_policy=POLICY,
        frame_options="DENY",
        referrer_policy="same-origin",
        session_cookie_secure=production,
        session_cookie_samesite="Lax",
    )
    CSRFProtect(app)
    app.after_request(forbid_caching)
    proxies = int(app.config["PROXIES"])
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]


def forbid_caching(response: Response) -> Response:
    """Pages belong to one person; only static files may be kept (Flask CVE-2023-30861)."""
    if request.endpoint != "static" and not (request.endpoint or "").endswith(".static"):
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("Cookie")
    return response
