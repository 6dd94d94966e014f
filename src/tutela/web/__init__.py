"""What every page needs, once: the frame, form pages, refused forms, inputs, lists, second questions, waiting.

`form_pages.show` draws a page that is a form. `refusals.done` and `refusals.attempt` carry out what a form asks
and put a refusal into it, `refusals.page` shows the form again, `refusals.tell` says a refusal on the next page.
`lists.show` draws a `Listing`, `lists.page_of` cuts one into pages, `exports.answer` makes a file of it.
`inputs` holds the widgets, `confirm.Confirm` is what is asked before an act, `waiting.show` a page of work that
goes on.
"""
