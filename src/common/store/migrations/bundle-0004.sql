-- 0004: the turns before an item, a line each, the oldest first; NULL where
-- the protocol does not show them.
ALTER TABLE entry ADD COLUMN context TEXT;
