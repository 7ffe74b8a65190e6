-- 0003: what is held to be right, and entries that stand for no item.

-- By question: what practice and gold are judged by.  Never in a bundle but
-- for practice, where it is shown.
CREATE TABLE reference (
    item INTEGER NOT NULL REFERENCES item (number),
    question TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (item, question)
) STRICT, WITHOUT ROWID;

-- role: work, repeat, again, gold, practice or attention; an attention check
-- without a medium has no item, and "asks" is its number in the protocol.
CREATE TABLE work_next (
    entry TEXT PRIMARY KEY,
    bundle BLOB NOT NULL REFERENCES bundle (id),
    position INTEGER NOT NULL,
    item INTEGER REFERENCES item (number),
    role TEXT NOT NULL,
    asks INTEGER
) STRICT;

INSERT INTO work_next (entry, bundle, position, item, role)
    SELECT entry, bundle, position, item, role FROM work;
DROP TABLE work;
ALTER TABLE work_next RENAME TO work;
CREATE INDEX work_item ON work (item);
CREATE UNIQUE INDEX work_bundle ON work (bundle, position);
