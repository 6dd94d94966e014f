"""The watch over the trail: 24 rules that find misuse of permitted access.

Tables: Alert, Case, Mute, Setting, Canary, Vip, Shift, Counter, Position.
Verbs: raise_alerts, change_setting, switch_rule, import_shifts, mark_vip, unmark_vip.
Words: a *look* is a leaf as the rules see it; a look is *explained* when a work item joins person, customer and
class around its day; *peers* are the people of the same post at the same branch; a *case* is what people handle.
The counters are fed from the sequenced trail alone, one leaf after the other, and can be rebuilt from it.
"""
