-- A wrong report for which there is no right one is withdrawn: a new row corrects it and counts nothing.
ALTER TABLE public.scorecard_outside_evidence
    ADD COLUMN withdraws boolean NOT NULL DEFAULT false CHECK (NOT withdraws OR corrects IS NOT NULL);
