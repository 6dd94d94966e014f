"""Pages about people and rights."""

from django.urls import path

from . import views

urlpatterns = [
    path("staff/", views.list_staff, name="access-list-staff"),
    path("matrix/", views.read_matrix, name="access-read-matrix"),
]
