"""The events with which somebody saw something of a customer, as every picture of looks counts them."""

from typing import Final

from tutela.access import events as access_events
from tutela.trail import looks

from . import events

# Every event with which somebody saw something of a customer, or of a row that was to become one.
KINDS: Final = looks.Kinds(
    masked=(
        events.CUSTOMER_LISTED.name,
        events.CUSTOMER_SEARCHED.name,
        events.CUSTOMER_VIEWED.name,
        events.HELD_ROW_OPENED.name,
        events.HISTORY_VIEWED.name,
        events.IMPORT_UNDO_PREVIEWED.name,
        events.WORK_ITEM_LISTED.name,
    ),
    clear=(events.FIELD_REVEALED.name, events.REJECTS_OPENED.name),
    refused=(access_events.REQUEST_REFUSED.name,),
)
