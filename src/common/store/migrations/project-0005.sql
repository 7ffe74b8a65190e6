-- 0005: frozen states.  Lines are canonical JSON and shared by the snapshots
-- that have them; erasing a person deletes lines, and their places stay empty.

CREATE TABLE snapshot (
    name TEXT PRIMARY KEY,
    made_us INTEGER NOT NULL,
    sha256 TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE line (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 BLOB NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    speaker TEXT NOT NULL,
    annotator TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;

CREATE INDEX line_speaker ON line (speaker);
CREATE INDEX line_annotator ON line (annotator);

CREATE TABLE snapshot_line (
    snapshot TEXT NOT NULL REFERENCES snapshot (name),
    place INTEGER NOT NULL,
    line INTEGER NOT NULL,
    PRIMARY KEY (snapshot, place)
) STRICT, WITHOUT ROWID;
