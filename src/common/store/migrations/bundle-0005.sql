-- 0005: of entries that are a pair, what is heard or read second; as the same
-- columns of entry.
CREATE TABLE second (
    entry TEXT PRIMARY KEY REFERENCES entry (id),
    medium TEXT NOT NULL,
    sha256 BLOB,
    start_us INTEGER NOT NULL,
    end_us INTEGER NOT NULL,
    text TEXT,
    speaker TEXT
) STRICT, WITHOUT ROWID;
