"""From a leaf in the trail to an alert, a case and a notice; the counters survive, and can be made anew."""

from datetime import timedelta

from django.db import connection

from tests.access import cast
from tests.vault.factories import make_customer
from tests.watch.conftest import leave, look
from tutela.access.queries import branch_codes
from tutela.base import clock
from tutela.notices.models import Notice
from tutela.trail import queries as trail
from tutela.trail.queries import LeafFilter
from tutela.trail.tree import state
from tutela.watch import queries
from tutela.watch.actions import counters, silence
from tutela.watch.models import Alert, Case, Counter
from tutela.watch.watcher import Watcher, catch_up


def test_a_mass_lookup_raises_an_alert_with_its_leaves(staff, watcher):
    """Twenty-five customers in a minute; twenty-four are none."""
    agent = staff["service_agent"]
    leave(*[look(agent) for _ in range(24)])
    catch_up(watcher)
    assert not Alert.objects.exists()
    leave(look(agent))
    catch_up(watcher)
    alert = Alert.objects.get()
    assert (alert.rule, str(alert.person_id), alert.measured) == ("R1", agent.actor.id, 250)
    assert len(alert.leaves) == len(alert.leaf_ids) == 25
    places = [state.place_of(one) for one in alert.leaf_ids]
    assert places == [(alert.epoch, index) for index in alert.leaves]


def test_it_opens_a_case_and_tells_those_in_charge(staff, watcher):
    """And leaves its own leaf, which names no customer."""
    case = Case.objects.get()
    assert Alert.objects.get().case == case
    told = Notice.objects.filter(kind="watch_case_opened").values_list("recipient_id", flat=True)
    assert set(told) == {staff[post].staff.id for post in ("compliance_officer", "security_admin")}
    (raised,) = trail.leaves(LeafFilter(event="watch.alert.raised"))
    assert {kind for kind, _key in raised.subjects} == {"alert", "staff"}
    assert raised.detail["rule"] == "R1"


def test_more_of_the_same_day_joins_the_open_case(staff, watcher):
    """One open case a person, and one alert of a rule a day."""
    agent = staff["service_agent"]
    leave(*[look(agent) for _ in range(80)])
    catch_up(watcher)
    assert Case.objects.count() == 1
    assert sorted(Alert.objects.values_list("rule", flat=True)) == ["R1", "R2"]
    assert Case.objects.get().alerts.count() == 2


def test_another_watcher_goes_on_from_what_is_stored(staff, watcher):
    """The same counters and place, nothing twice."""
    catch_up(watcher)
    other = Watcher()
    assert (other.epoch, other.engine.next) == (watcher.epoch, watcher.engine.next)
    assert counted(other) == counted(watcher)
    catch_up(other)
    assert Alert.objects.count() == 2


def test_the_counters_are_rebuilt_from_the_trail(staff, watcher):
    """All counters gone, all leaves read again: the same counters, the same alerts, no second one."""
    catch_up(watcher)
    before = counted(watcher)
    alerts = list(Alert.objects.order_by("id").values_list("id", "leaves"))
    counters.forget()
    assert not Counter.objects.exists()
    again = Watcher()
    catch_up(again)
    assert counted(again) == before
    assert list(Alert.objects.order_by("id").values_list("id", "leaves")) == alerts


def test_the_counters_are_those_of_a_recount(staff, watcher):
    """Counted from the trail by one statement, without the engine."""
    catch_up(watcher)
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT l.actor_id, count(DISTINCT s.id) FROM trail.leaf l
            JOIN trail.subject s ON s.leaf_id = l.id AND s.at = l.at AND s.kind = 'customer'
            WHERE l.event = 'vault.field.revealed' AND l.outcome = 'allow' GROUP BY l.actor_id""")
        recount = dict(cursor.fetchall())
    assert recount
    for person, number in recount.items():
        days = watcher.engine.people[person].days.values()
        assert len({one for day in days for one in day.cleared}) == number


def test_a_look_at_a_relative_is_found_and_the_watch_goes_on(staff, watcher):
    """The customer carries the telephone of the person's own record."""
    branch = branch_codes()["EAST"]
    own, near = (make_customer(branch, phone="13912345678").customer_id for _ in range(2))
    relative = cast.hire("service_agent", "EAST", customer_id=own)
    catch_up(watcher)
    watcher.known.refresh()
    leave(look(relative, str(near)), look(relative, str(near)))
    catch_up(watcher)
    assert "R7" in Alert.objects.filter(person_id=relative.staff.id).values_list("rule", flat=True)


def test_a_watch_that_stands_still_is_told_of_once(staff, watcher, monkeypatch):
    """After ten minutes, those who handle cases and those who see the system's health."""
    watcher.keep()
    assert silence.tell_silent() == 0
    at = queries.position().at
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(minutes=11))
    assert silence.tell_silent() > 0
    assert silence.tell_silent() == 0
    told = set(Notice.objects.filter(kind="watch_silent").values_list("recipient_id", flat=True))
    assert staff["security_admin"].staff.id in told
    assert staff["service_agent"].staff.id not in told


def counted(watcher):
    """All counters as they would be stored."""
    return {
        key: (who.stored(), {day: one.stored() for day, one in who.days.items()})
        for key, who in watcher.engine.people.items()
    }
