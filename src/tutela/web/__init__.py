"""What every page needs, once: refused forms, day and time inputs, the pages of a list, lists as files.

`refusals.done` and `refusals.attempt` carry out what a form asks and put a refusal into it, `refusals.page` shows
the form again, `refusals.tell` says a refusal on the next page. `lists.page_of` cuts a list into pages,
`exports.answer` makes a file of it, `inputs` holds the widgets.
"""
