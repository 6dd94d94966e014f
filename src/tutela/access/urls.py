"""Pages about people and rights."""

from django.urls import path

from . import views

urlpatterns = [
    path("staff/", views.list_staff, name="access-list-staff"),
    path("keys/", views.list_keys, name="access-list-keys"),
    path("keys/<uuid:key_id>/rotate/", views.rotate_key, name="access-rotate-key"),
    path("keys/<uuid:key_id>/revoke/", views.revoke_key, name="access-revoke-key"),
    path("matrix/", views.read_matrix, name="access-read-matrix"),
]
