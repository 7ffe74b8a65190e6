-- 0002: work without names.  Annotators have numbers, so that rules and
-- adjudicators see who is who among the judgements and never an alias.

ALTER TABLE bundle ADD COLUMN rater INTEGER NOT NULL DEFAULT 0;
ALTER TABLE bundle ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;

UPDATE bundle SET
    rater = (SELECT min(b.rowid) FROM bundle b WHERE b.alias = bundle.alias),
    erased = (SELECT a.erased FROM annotator a WHERE a.alias = bundle.alias);

-- What a fit that couples all items found, frozen: of the fit (rater 0) and
-- of each rater, as canonical JSON.
CREATE TABLE fit (
    id TEXT NOT NULL,
    rater INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (id, rater)
) STRICT, WITHOUT ROWID;
