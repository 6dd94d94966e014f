-- A pack is kept as it was handed over, sealed in parts, so that it can be fetched again. Packs written before
-- this are known by their hash alone.
CREATE TABLE public.scorecard_pack_part (
    pack    uuid     NOT NULL REFERENCES public.scorecard_pack (id),
    number  integer  NOT NULL CHECK (number >= 0),
    sealed  bytea    NOT NULL,
    PRIMARY KEY (pack, number)
);
REVOKE UPDATE, DELETE, TRUNCATE ON public.scorecard_pack_part FROM tutela_app;
