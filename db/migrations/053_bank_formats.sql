-- MT940 and BAI2: files that know an account by a number of its own country, and accounts of countries that have no IBAN.
ALTER TABLE bank_statements DROP CONSTRAINT bank_statements_format_check;
ALTER TABLE bank_statements ADD CONSTRAINT bank_statements_format_check CHECK (format IN ('camt.053', 'mt940', 'bai2', 'csv'));

ALTER TABLE bank_accounts ALTER COLUMN iban DROP NOT NULL;
-- What the bank's files call the account where they do not say its IBAN.
ALTER TABLE bank_accounts ADD COLUMN account_number text;
ALTER TABLE bank_accounts ADD CONSTRAINT bank_accounts_named CHECK (iban IS NOT NULL OR account_number IS NOT NULL);
