-- A password that an administrator was shown is known to two people: whoever signs in with it chooses one of their own first.
ALTER TABLE users ADD COLUMN password_given boolean NOT NULL DEFAULT false;
