-- Who has written what a credit application states: none of them is the one to verify it. Of earlier ones only the first is known.
ALTER TABLE credit_applications ADD COLUMN edited_by text[] NOT NULL DEFAULT '{}';
UPDATE credit_applications SET edited_by = ARRAY[created_by];
