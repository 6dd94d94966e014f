-- An own measure ends with a last version, from whose day on it is on no board any more; its past stays.
ALTER TABLE public.scorecard_custom_measure ADD COLUMN ended boolean NOT NULL DEFAULT false;
