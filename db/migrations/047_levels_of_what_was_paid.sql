-- The overdue instalments of an item are paid, later ones are still to come, and it is collected like a new one. When that money is taken back,
-- what it had paid stands at the level that it had: by the day since when the oldest of what was overdue was due.
CREATE TABLE paid_dunning_levels (
  invoice_id text NOT NULL REFERENCES invoices (id),
  due_on date NOT NULL,
  level integer NOT NULL CHECK (level >= 0),
  collections_since timestamptz,
  PRIMARY KEY (invoice_id, due_on)
);
GRANT SELECT, INSERT, UPDATE ON paid_dunning_levels TO throughline_api, throughline_worker;
