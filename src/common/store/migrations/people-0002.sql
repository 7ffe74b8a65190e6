-- 0002: what was known of a person when a snapshot was taken.  Snapshots have
-- a digest of it under this file's secret, so that nothing can be guessed
-- from them.

CREATE TABLE secret (
    key BLOB NOT NULL
) STRICT;

CREATE TABLE frozen (
    kind TEXT NOT NULL,
    alias TEXT NOT NULL,
    digest TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (kind, alias, digest),
    FOREIGN KEY (kind, alias) REFERENCES person (kind, alias)
        ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
