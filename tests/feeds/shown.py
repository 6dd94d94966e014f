"""A feed as a page shows it: with looks, a gap, an account without a person, keys, a delivery that came twice."""

import io
from datetime import timedelta

from tutela.base import clock
from tutela.base.actor import Actor
from tutela.feeds.actions import deliveries, feeds, keys
from tutela.feeds.models import Door, Feed


def plant(manager: Actor, carrier: Actor) -> Feed:
    """Two systems: one that sends, with everything a page can show, and one that never sent."""
    columns = {"at": "time", "person": "user", "customer_number": "customer", "number": "seq"}
    mapping = {"zone": "Asia/Shanghai", "columns": columns, "fields": ["name", "phone"]}
    made = feeds.register_feed(
        manager,
        name="core-looks",
        system="核心业务系统",
        reading=feeds.Reading(reader="csv", mapping=mapping),
        silent_minutes=60,
    )
    feeds.register_feed(
        manager,
        name="bastion",
        system="JumpServer",
        reading=feeds.Reading(reader="jumpserver-syslog", mapping={"zone": "Asia/Shanghai"}),
        silent_minutes=24 * 60,
    )
    key, _secret = keys.make_key(manager, made.name, "ed25519")
    keys.make_key(manager, made.name, "hmac")
    keys.revoke_key(manager, key.id)
    since = clock.now() - timedelta(hours=2)
    rows = [
        f"{since + timedelta(seconds=n):%Y-%m-%dT%H:%M:%SZ},{who},C{n:05d},{n}"
        for n, who in ((1, "u_wang"), (2, "zhang.wei"), (7, "13800138017"))
    ]
    text = "\n".join(["time,user,customer,seq", *rows]).encode()
    for _turn in range(2):
        deliveries.deliver_looks(carrier, made.name, io.BytesIO(text), Door.FILE)
    return made
