-- A bundle: what one annotator is asked, and her journal.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- `medium` is seen from the bundle's folder; '' when there is only text.
-- `text` and `speaker` are NULL where the protocol does not show them.
CREATE TABLE entry (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    medium TEXT NOT NULL,
    sha256 BLOB,
    start_us INTEGER NOT NULL,
    end_us INTEGER NOT NULL,
    text TEXT,
    speaker TEXT,
    erased INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    chain BLOB NOT NULL,
    hash BLOB NOT NULL UNIQUE,
    previous BLOB NOT NULL,
    kind TEXT NOT NULL,
    entry TEXT NOT NULL,
    session BLOB NOT NULL,
    mono_us INTEGER NOT NULL,
    wall_us INTEGER NOT NULL,
    media_us INTEGER NOT NULL,
    commitment BLOB NOT NULL
) STRICT;

-- Deletable; the event's commitment stays.
CREATE TABLE payload (
    event INTEGER PRIMARY KEY REFERENCES event (seq),
    salt BLOB NOT NULL,
    body TEXT NOT NULL
) STRICT;

-- Events whose payload was erased and must not come back.
CREATE TABLE tombstone (
    hash BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;
