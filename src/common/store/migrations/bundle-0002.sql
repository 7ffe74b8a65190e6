-- 0002: practice and attention checks, which are no secret: what is right is
-- shown.  Gold and repeats look like all other entries, here too.

-- 1: practice before the work.
ALTER TABLE entry ADD COLUMN practice INTEGER NOT NULL DEFAULT 0;
-- The number of the protocol's attention check, from 0; NULL: it is none.
ALTER TABLE entry ADD COLUMN asks INTEGER;

-- The reference answers of practice.
CREATE TABLE truth (
    entry TEXT NOT NULL,
    question TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (entry, question)
) STRICT, WITHOUT ROWID;
