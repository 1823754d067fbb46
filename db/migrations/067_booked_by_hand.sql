-- The carrier and number of a parcel that a person has booked, where none is set up or the carrier refuses: {carrier, trackingNumber}.
ALTER TABLE shipments ADD COLUMN booked_by_hand jsonb;
