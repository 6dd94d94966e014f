"""Who hears of what: by id and post, never with a word that somebody typed."""

from datetime import timedelta

from tests.access import cast
from tests.programme import stage
from tutela.base import clock
from tutela.base.actor import SYSTEM
from tutela.notices.models import Notice
from tutela.programme import tasks
from tutela.programme.actions import duties, targets
from tutela.programme.actions import tasks as task_actions
from tutela.programme.models import DutyOccurrence, DutyTemplate


def told(kind, member):
    return Notice.objects.filter(kind=kind, recipient=member.staff)


def test_a_task_for_a_post_is_told_to_its_holders(crew):
    """Without its title, which may say anything."""
    due = clock.today() + timedelta(days=3)
    task = task_actions.create_task(
        crew.officer.actor, task_actions.NewTask(title="Secret plan", due=due, post="hr_trainer")
    )
    (notice,) = told("task_given", crew.trainer)
    assert notice.link == f"/tasks/{task.id}/"
    assert "Secret" not in str(notice.params)
    assert not told("task_given", crew.outsider).exists()


def test_whoever_takes_a_task_is_not_told_what_they_know(crew):
    """Only the one whom somebody else names."""
    task = task_actions.create_task(
        crew.officer.actor, task_actions.NewTask(title="T", due=clock.today(), department="it")
    )
    task_actions.move_task(crew.it_person.actor, task_id=task.id, to="doing")
    assert not told("task_given", crew.it_person).exists()
    task_actions.move_task(crew.officer.actor, task_id=task.id, to="todo")
    task_actions.move_task(
        crew.officer.actor, task_id=task.id, to="doing", assignee=crew.it_person.staff
    )
    assert told("task_given", crew.it_person).count() == 1


def test_a_task_of_a_department_is_told_to_those_who_bring_its_proof(crew):
    """Not to everybody there, where somebody does; and not to whoever made it."""
    colleague = cast.hire("service_agent", department="it")
    due = clock.today() + timedelta(days=9)
    for maker in (crew.officer, crew.it_person):
        task_actions.create_task(
            maker.actor, task_actions.NewTask(title="T", due=due, department="it")
        )
    found = told("department_task_given", crew.it_person).filter(params__due=due.isoformat())
    assert found.count() == 1
    assert not told("department_task_given", colleague).exists()


def test_where_nobody_brings_proof_everybody_of_the_department_is_told(crew):
    """As in claims; and where there are no people, whoever runs the programme."""
    due = clock.today() + timedelta(days=3)
    task_actions.create_task(
        crew.signer.actor, task_actions.NewTask(title="T", due=due, department="claims")
    )
    assert told("department_task_given", crew.outsider).count() == 1
    task_actions.create_task(
        crew.signer.actor, task_actions.NewTask(title="T", due=due, department="underwriting")
    )
    assert told("department_task_given", crew.officer).count() == 1


def test_a_task_that_nobody_has_taken_is_told_before_it_is_due(crew):
    """To its department; once somebody has it, to that person."""
    due = clock.today() + timedelta(days=3)
    facts = {"due": due, "department": "claims"}
    task = task_actions.create_task(crew.officer.actor, task_actions.NewTask(title="T", **facts))
    tasks.remind(0)
    found = {"link": f"/tasks/{task.id}/", "params__due": due.isoformat()}
    assert told("department_task_due", crew.outsider).filter(**found).count() == 1
    task_actions.move_task(crew.outsider.actor, task_id=task.id, to="doing")
    tasks.remind(0)
    assert told("department_task_due", crew.outsider).filter(**found).count() == 1
    assert told("task_due", crew.outsider).filter(**found).count() == 1


def test_a_duty_without_a_post_is_told_to_its_department(crew):
    """When it is due, and when it was missed."""
    one = stage.open_one("restore-test")
    DutyTemplate.objects.filter(code="restore-test").update(post="")
    found = {"params__duty": "restore-test"}
    tasks.remind(0)
    assert told("duty_due", crew.it_person).filter(**found).count() == 1
    stage.past(one)
    tasks.keep_duties(0)
    assert told("duty_missed", crew.it_person).filter(**found).count() == 1
    assert not told("duty_missed", crew.outsider).exists()


def test_a_comment_is_told_to_the_others(crew):
    """To whoever made the task, not to whoever wrote."""
    task = task_actions.create_task(
        crew.officer.actor, task_actions.NewTask(title="T", due=clock.today(), department="it")
    )
    task_actions.comment(crew.outsider.actor, task_id=task.id, text="Please look")
    assert told("comment_added", crew.officer).count() == 1
    assert not told("comment_added", crew.outsider).exists()


def test_a_draft_is_told_to_those_who_may_sign_it(crew):
    """The drafter is not among them."""
    starts = clock.today() + timedelta(days=2)
    targets.draft_target(
        crew.officer.actor, target="remediation", goal="99", starts=starts, reason="Try it"
    )
    assert told("signature_wanted", crew.signer).count() == 1
    assert not told("signature_wanted", crew.officer).exists()


def test_who_may_sign_is_asked_until_the_last_draft_of_a_target_is_signed(crew):
    """Two drafts wait on one page; one signature is not the end of it."""
    starts = clock.today() + timedelta(days=2)
    drafts = [
        targets.draft_target(
            crew.officer.actor,
            target="audit-quarterly",
            goal=goal,
            starts=starts + timedelta(days=place),
            reason="Try it",
        )
        for place, goal in enumerate(("2", "3"))
    ]
    asked = told("signature_wanted", crew.signer).filter(
        params__target="audit-quarterly", read_at=None
    )
    assert asked.exists()
    targets.sign_target(crew.signer.actor, rule_id=drafts[0].pk)
    assert asked.exists()
    targets.sign_target(crew.signer.actor, rule_id=drafts[1].pk)
    assert not asked.exists()


def test_a_missed_duty_is_told_once(crew):
    """To the post that owed it and to whoever runs the programme, by the job that finds it."""
    stage.past(stage.open_one("newcomers"))
    assert tasks.keep_duties(0) == 1
    assert tasks.keep_duties(0) == 0
    assert told("duty_missed", crew.trainer).count() == 1
    assert told("duty_missed", crew.officer).filter(params__duty="newcomers").count() == 1


def test_what_is_due_is_told_on_its_days(crew):
    """Three days before and on the day, not between."""
    one = stage.open_one("awareness-training")
    days = [clock.today() + timedelta(days=ahead) for ahead in (3, 2, 0)]
    for day in days:
        DutyOccurrence.objects.filter(pk=one.pk).update(due=day)
        tasks.remind(0)
    notices = told("duty_due", crew.trainer).filter(params__duty="awareness-training")
    assert {notice.params["due"] for notice in notices} == {str(days[0]), str(days[2])}


def test_another_time_zone_does_not_undo_a_duty(crew, settings_zone):
    """Done on its last day here stays done when the company moves its clock east or west."""
    one = stage.open_one("offsite-check")
    duties.close_occurrence(crew.it_person.actor, occurrence_id=one.pk, evidence="Log")
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        settings_zone(zone)
        duties.mark_missed(SYSTEM)
        one.refresh_from_db()
        assert one.state == "done"
