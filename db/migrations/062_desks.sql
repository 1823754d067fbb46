-- What a person makes of an order document that could not be taken: the order that was entered for it, or why there is none. The order
-- stands apart from `order_id`, which is answered by EDI in the document's own numbers, and those a person may have corrected.
ALTER TABLE order_documents DROP CONSTRAINT order_documents_status_check,
  ADD CONSTRAINT order_documents_status_check CHECK (status IN ('ordered', 'parked', 'entered', 'discarded')),
  ADD COLUMN entered_order_id text REFERENCES orders (id),
  ADD COLUMN decided_by text,
  ADD COLUMN decided_at timestamptz,
  ADD COLUMN decision_reason text,
  ADD CHECK ((status = 'entered') = (entered_order_id IS NOT NULL)),
  ADD CHECK ((status IN ('entered', 'discarded')) = (decided_by IS NOT NULL AND decided_at IS NOT NULL)),
  ADD CHECK ((status = 'discarded') = (decision_reason IS NOT NULL));
CREATE INDEX order_documents_by_entered_order ON order_documents (entered_order_id) WHERE entered_order_id IS NOT NULL;
GRANT UPDATE ON order_documents TO throughline_api;

-- The cash desk finds a line by who paid and how much.
CREATE INDEX bank_lines_by_customer ON bank_lines (customer_id, id) WHERE customer_id IS NOT NULL;
CREATE INDEX bank_lines_by_amount ON bank_lines (amount_minor, id);

-- What was written since yesterday lies together, so that a summary of it costs next to nothing.
CREATE INDEX audit_log_by_day ON audit_log USING brin (at) WITH (pages_per_range = 16);
CREATE INDEX payments_by_arrival ON payments USING brin (at) WITH (pages_per_range = 16);
