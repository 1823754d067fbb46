-- A payment that had recovered a write-off may be taken back like any other: what it had recovered is given up again.
ALTER TABLE write_off_recoveries ADD COLUMN reversed_minor minor NOT NULL DEFAULT 0 CHECK (reversed_minor BETWEEN 0 AND amount_minor);
