"""What one person proposes and another decides, besides a purge: that faults of the log were looked at, and that a
legal hold ends. The database ends both, against the leaves of both people (`sql/0010_two_people.sql`)."""
