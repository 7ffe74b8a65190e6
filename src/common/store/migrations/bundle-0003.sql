-- Samples of traces, plain rows beside the journal, whose trace-sealed events
-- hold a hash of them.

-- `started` is the hash of the event that began the pass.
CREATE TABLE pass (
    number INTEGER PRIMARY KEY,
    started BLOB NOT NULL UNIQUE
) STRICT;

-- `id` is the pass's number times 2^32 plus the sample's own, from 0.
-- `y` is NULL where the question has one dimension.
CREATE TABLE sample (
    id INTEGER PRIMARY KEY,
    media_us INTEGER NOT NULL,
    host_us INTEGER NOT NULL,
    x REAL NOT NULL,
    y REAL,
    flags INTEGER NOT NULL
) STRICT;
