"""The doors' addresses: the console at the root, the machine door below /api/."""

from django.urls import include, path

urlpatterns = [
    path("", include("tutela.api.urls")),
    path("", include("tutela.console.urls")),
]

handler400 = "tutela.console.refusals.bad_request"
handler403 = "tutela.console.refusals.forbidden"
handler404 = "tutela.console.refusals.not_found"
handler500 = "tutela.console.faults.broken"
