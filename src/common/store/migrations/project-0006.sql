-- 0006: pairs.  A pair is an item without a file that stands for two others;
-- its speakers are joined by | in item.speaker, its own sha256 is of theirs.
CREATE TABLE pair (
    item INTEGER PRIMARY KEY REFERENCES item (number),
    first INTEGER NOT NULL REFERENCES item (number),
    second INTEGER NOT NULL REFERENCES item (number),
    UNIQUE (first, second)
) STRICT;

CREATE INDEX pair_second ON pair (second);

-- 1: the annotator meets the pair's second item as the first.
ALTER TABLE work ADD COLUMN swapped INTEGER NOT NULL DEFAULT 0;
