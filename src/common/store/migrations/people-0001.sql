-- Who is behind an alias.  Never bundled, never exported whole.

CREATE TABLE person (
    kind TEXT NOT NULL, -- speaker or annotator
    alias TEXT NOT NULL,
    PRIMARY KEY (kind, alias)
) STRICT, WITHOUT ROWID;

-- Name, demographics, consent, legal basis, purpose, retention.
CREATE TABLE detail (
    kind TEXT NOT NULL,
    alias TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (kind, alias, name),
    FOREIGN KEY (kind, alias) REFERENCES person (kind, alias)
        ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
