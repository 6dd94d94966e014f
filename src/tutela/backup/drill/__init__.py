"""A restore drill's work, stage by stage; its rows are written by `actions/drills.py`."""
