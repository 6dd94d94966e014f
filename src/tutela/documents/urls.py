"""Pages of documents."""

from django.urls import path

from . import file_views, version_views, views

urlpatterns = [
    path("documents/", views.list_documents, name="documents-list-documents"),
    path("documents/adopt/", views.adopt_templates, name="documents-adopt-templates"),
    path("documents/add/", views.add_document, name="documents-add-document"),
    path("documents/policies/<slug:code>/", views.view_template, name="documents-view-template"),
    path("documents/<uuid:document_id>/", views.view_document, name="documents-view-document"),
    path(
        "documents/<uuid:document_id>/versions/<int:number>/",
        views.view_document,
        name="documents-view-version",
    ),
    path(
        "documents/<uuid:document_id>/versions/<int:number>/readers/",
        version_views.view_readers,
        name="documents-view-readers",
    ),
    path(
        "documents/<uuid:document_id>/compare/",
        version_views.compare_versions,
        name="documents-compare-versions",
    ),
    path(
        "documents/versions/<uuid:version_id>/remind/",
        version_views.remind_readers,
        name="documents-remind-readers",
    ),
    path(
        "documents/<uuid:document_id>/draft/", views.draft_version, name="documents-draft-version"
    ),
    path("documents/versions/<uuid:version_id>/submit/", views.submit, name="documents-submit"),
    path("documents/versions/<uuid:version_id>/approve/", views.approve, name="documents-approve"),
    path(
        "documents/versions/<uuid:version_id>/send-back/",
        views.send_back,
        name="documents-send-back",
    ),
    path("documents/versions/<uuid:version_id>/publish/", views.publish, name="documents-publish"),
    path("documents/versions/<uuid:version_id>/attest/", views.attest, name="documents-attest"),
    path(
        "documents/versions/<uuid:version_id>/word/<str:language>/",
        file_views.export_docx,
        name="documents-export-docx",
    ),
    path(
        "documents/versions/<uuid:version_id>/file/",
        file_views.open_file,
        name="documents-open-file",
    ),
    path("documents/versions/<uuid:version_id>/discard/", views.discard, name="documents-discard"),
]
