-- What products cost and how they were taxed, as it was: an invoice is held against the master data of its order, not of today (A2).
-- A line per change, written by whoever writes the row, so that no way of changing one can leave it out.
CREATE TABLE product_versions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sku text NOT NULL REFERENCES products (sku),
  version integer NOT NULL,
  tax_category text NOT NULL,
  tax_rate text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX product_versions_of ON product_versions (sku, id);

CREATE TABLE price_versions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sku text NOT NULL REFERENCES products (sku),
  currency text NOT NULL,
  unit_price_minor minor NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX price_versions_of ON price_versions (sku, currency, id);

-- What stands in the tables today is known from today on: what was before it nobody can say.
INSERT INTO product_versions (sku, version, tax_category, tax_rate, at)
  SELECT sku, version, tax_category, tax_rate, company_now() FROM products ORDER BY sku;
INSERT INTO price_versions (sku, currency, unit_price_minor, at)
  SELECT sku, currency, unit_price_minor, company_now() FROM prices ORDER BY sku, currency;

-- By statement, so that an import of many rows writes them at once.
CREATE FUNCTION keep_product_versions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO product_versions (sku, version, tax_category, tax_rate, at)
    SELECT sku, version, tax_category, tax_rate, company_now() FROM changed c
    WHERE (version, tax_category, tax_rate) IS DISTINCT FROM
      (SELECT (v.version, v.tax_category, v.tax_rate) FROM product_versions v WHERE v.sku = c.sku ORDER BY v.id DESC LIMIT 1)
    ORDER BY sku;
  RETURN NULL;
END $$;
CREATE TRIGGER products_inserted AFTER INSERT ON products REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION keep_product_versions();
CREATE TRIGGER products_updated AFTER UPDATE ON products REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION keep_product_versions();

CREATE FUNCTION keep_price_versions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO price_versions (sku, currency, unit_price_minor, at)
    SELECT sku, currency, unit_price_minor, company_now() FROM changed c
    WHERE unit_price_minor IS DISTINCT FROM
      (SELECT v.unit_price_minor FROM price_versions v WHERE v.sku = c.sku AND v.currency = c.currency ORDER BY v.id DESC LIMIT 1)
    ORDER BY sku, currency;
  RETURN NULL;
END $$;
CREATE TRIGGER prices_inserted AFTER INSERT ON prices REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION keep_price_versions();
CREATE TRIGGER prices_updated AFTER UPDATE ON prices REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION keep_price_versions();

-- History is written and never rewritten.
GRANT SELECT, INSERT ON product_versions, price_versions TO throughline_api;
GRANT SELECT ON product_versions, price_versions TO throughline_worker;
