"""Pages of the programme, duties, tasks and my work."""

from tutela.web import routes

from . import (
    board_views,
    department_views,
    duty_views,
    task_views,
    template_views,
    views,
    work_views,
)

urlpatterns = routes.of(
    board_views, department_views, duty_views, task_views, template_views, views, work_views
)
