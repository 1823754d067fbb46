-- Until when the customer chooses what becomes of an order that stock has failed.
ALTER TABLE orders ADD COLUMN choice_due_at timestamptz;
-- The customer chose to wait until all of it is there.
ALTER TABLE orders ADD COLUMN waits_for_all boolean NOT NULL DEFAULT false;

-- Companies that were set up before there was such a policy get its default, as new ones do.
INSERT INTO policies (name, version, body, at, actor)
SELECT 'fulfilment', 1, '{"name": "fulfilment", "version": 1, "choiceBusinessDays": 2}', now(), 'system' WHERE EXISTS (SELECT 1 FROM policies);
