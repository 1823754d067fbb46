-- What e-invoices need to know of seller and buyer, beyond what is printed.
ALTER TABLE company
  ADD COLUMN registration_number text,
  -- {scheme, id} by the code list EAS.
  ADD COLUMN electronic_address jsonb,
  ADD COLUMN contact_name text,
  ADD COLUMN contact_phone text;

ALTER TABLE customers
  ADD COLUMN registration_number text,
  ADD COLUMN electronic_address jsonb,
  ADD COLUMN buyer_reference text,
  -- Whether invoices and credit notes are mailed as UBL too.
  ADD COLUMN e_invoices boolean NOT NULL DEFAULT false;
