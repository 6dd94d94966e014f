"""Pages of the programme, duties, tasks and my work."""

from django.urls import path

from . import board_views as board
from . import department_views as departments
from . import duty_views as duties
from . import task_views as tasks
from . import template_views as templates
from . import views
from . import work_views as work

_DEPARTMENT = "programme/departments/<slug:code>/"
_TASK = "tasks/<uuid:task_id>/"

urlpatterns = [
    path("programme/", views.view_programme, name="governance-view-programme"),
    path("programme/measures/<slug:code>/", views.set_measure, name="governance-set-measure"),
    path("programme/targets/<slug:target_id>/", views.view_target, name="governance-view-target"),
    path(
        "programme/targets/versions/<int:rule_id>/sign/",
        views.sign_target,
        name="governance-sign-target",
    ),
    path(
        "programme/departments/",
        departments.list_departments,
        name="governance-list-departments",
    ),
    path(
        "programme/departments/create/",
        departments.create_department,
        name="governance-create-department",
    ),
    path(
        f"{_DEPARTMENT}rename/",
        departments.rename_department,
        name="governance-rename-department",
    ),
    path(f"{_DEPARTMENT}hand-over/", departments.hand_over, name="governance-hand-over"),
    path(
        f"{_DEPARTMENT}remove/",
        departments.remove_department,
        name="governance-remove-department",
    ),
    path("duties/", duties.view_year, name="governance-view-year"),
    path("duties/create/", templates.create_duty, name="governance-create-duty"),
    path("duties/of/<slug:code>/", templates.change_duty, name="governance-change-duty"),
    path("duties/of/<slug:code>/retire/", templates.retire_duty, name="governance-retire-duty"),
    path("duties/<int:occurrence_id>/", duties.view_occurrence, name="governance-view-occurrence"),
    path("my-work/", work.my_work, name="governance-my-work"),
    path("tasks/", board.list_tasks, name="governance-list-tasks"),
    path("tasks/create/", tasks.create_task, name="governance-create-task"),
    path(_TASK, tasks.view_task, name="governance-view-task"),
    path(f"{_TASK}move/", tasks.move_task, name="governance-move-task"),
    path(f"{_TASK}reassign/", tasks.reassign_task, name="governance-reassign-task"),
    path(f"{_TASK}comment/", tasks.comment, name="governance-comment"),
    path(f"{_TASK}attach/", tasks.attach, name="governance-attach"),
]
