-- A project: what its lead knows.  Persons stand under aliases only.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE protocol (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    body TEXT NOT NULL,
    sha256 BLOB NOT NULL UNIQUE
) STRICT;

-- `file` is seen from the project's folder.  An erased item keeps its number,
-- for the work that was done on it, and nothing else.
CREATE TABLE item (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    file TEXT NOT NULL,
    sha256 BLOB,
    start_us INTEGER NOT NULL,
    end_us INTEGER NOT NULL,
    speaker TEXT NOT NULL,
    erased INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX item_speaker ON item (speaker);

-- All that a corpus says of an item: text, session, and reference labels.
CREATE TABLE attribute (
    item INTEGER NOT NULL REFERENCES item (number),
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (item, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE annotator (
    alias TEXT PRIMARY KEY,
    added_us INTEGER NOT NULL,
    retired_us INTEGER,
    erased INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE bundle (
    id BLOB PRIMARY KEY,
    alias TEXT NOT NULL REFERENCES annotator (alias),
    number INTEGER NOT NULL,
    protocol INTEGER NOT NULL REFERENCES protocol (number),
    seed TEXT NOT NULL,
    made_us INTEGER NOT NULL,
    UNIQUE (alias, number)
) STRICT;

-- What stands behind a bundle's entries; role: work, repeat or gold.
CREATE TABLE work (
    entry TEXT PRIMARY KEY,
    bundle BLOB NOT NULL REFERENCES bundle (id),
    position INTEGER NOT NULL,
    item INTEGER NOT NULL REFERENCES item (number),
    role TEXT NOT NULL
) STRICT;

CREATE INDEX work_item ON work (item);
CREATE UNIQUE INDEX work_bundle ON work (bundle, position);

-- The heads that were seen when a bundle was collected last.
CREATE TABLE head (
    bundle BLOB NOT NULL REFERENCES bundle (id),
    hash BLOB NOT NULL,
    PRIMARY KEY (bundle, hash)
) STRICT, WITHOUT ROWID;

-- The project's own journal and all that was collected; `chain` tells which.
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

CREATE INDEX event_chain ON event (chain, previous);

-- Whom a payload concerns: kind is speaker or annotator.
CREATE TABLE concern (
    kind TEXT NOT NULL,
    alias TEXT NOT NULL,
    event INTEGER NOT NULL REFERENCES event (seq),
    PRIMARY KEY (kind, alias, event)
) STRICT, WITHOUT ROWID;
