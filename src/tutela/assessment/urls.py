"""Pages of the yearly assessment and of the risk register."""

from django.urls import path

from . import control_views, risk_views, views

urlpatterns = [
    path("assessments/", views.list_assessments, name="assessment-list"),
    path("assessments/open/", views.open_assessment, name="assessment-open"),
    path("assessments/<int:year>/", views.view_assessment, name="assessment-view"),
    path("assessments/<int:year>/compare/", views.compare_years, name="assessment-compare"),
    path("assessments/<int:year>/report/", views.export_report, name="assessment-report"),
    path("assessments/<int:year>/submit/", views.submit_assessment, name="assessment-submit"),
    path("assessments/<int:year>/return/", views.return_assessment, name="assessment-return"),
    path("assessments/<int:year>/close/", views.close_assessment, name="assessment-close"),
    path(
        "assessments/<int:year>/controls/<slug:code>/",
        control_views.rate_control,
        name="assessment-rate",
    ),
    path(
        "assessments/<int:year>/controls/<slug:code>/files/",
        control_views.attach_proof,
        name="assessment-attach",
    ),
    path("risks/", risk_views.list_risks, name="risk-list"),
    path("risks/new/", risk_views.register_risk, name="risk-register"),
    path("risks/<uuid:risk_id>/", risk_views.view_risk, name="risk-view"),
    path("risks/<uuid:risk_id>/change/", risk_views.change_risk, name="risk-change"),
    path("risks/<uuid:risk_id>/accept/", risk_views.accept_risk, name="risk-accept"),
    path("risks/<uuid:risk_id>/close/", risk_views.close_risk, name="risk-close"),
]
