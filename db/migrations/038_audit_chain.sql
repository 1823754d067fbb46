-- Each audit row is sealed with a hash of its content and of the seal before it, so that a changed, removed, inserted or reordered row
-- shows (X3). Sealing is a step of its own, in the order of `sequence`: a chain written with each row would have every transaction of
-- the company wait for the one before it.
CREATE TABLE audit_seals (
  sequence bigint PRIMARY KEY,
  -- Of the row alone, so that what was changed is known from what was only moved.
  content bytea NOT NULL CHECK (length(content) = 32),
  -- Of the seal before it and the content: sha256(previous || content).
  seal bytea NOT NULL CHECK (length(seal) = 32)
);
-- Up to here every number is either a row or was never used: a row that appears below it later was put there.
CREATE TABLE audit_sealed_through (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sequence bigint NOT NULL,
  seal bytea NOT NULL CHECK (length(seal) = 32),
  at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_sealed_through FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON audit_seals, audit_sealed_through TO throughline_api, throughline_worker;
GRANT USAGE ON SEQUENCE audit_sealed_through_id_seq TO throughline_api, throughline_worker;
GRANT SELECT ON SEQUENCE audit_log_sequence_seq TO throughline_api, throughline_worker;

-- What is sealed of a row: all of it. Instants as microseconds, because as text they depend on who reads them.
CREATE FUNCTION audit_content(entry audit_log) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT sha256(convert_to(jsonb_build_array(
    entry.sequence, (extract(epoch FROM entry.at) * 1000000)::bigint, entry.actor, entry.actor_verified, entry.action, entry.summary, entry.reason,
    entry.policy_version, entry.customer_id, entry.order_id, entry.shipment_id, entry.invoice_id, entry.before, entry.after,
    (extract(epoch FROM entry.recorded_at) * 1000000)::bigint)::text, 'UTF8'))
$$;

-- The list by person reads from the end.
CREATE INDEX audit_log_by_actor ON audit_log (actor, sequence);

INSERT INTO jobs (name) VALUES ('audit-seals');
