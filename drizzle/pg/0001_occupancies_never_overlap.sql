-- The last guard against a double booking: no path, tool or importer gets round it.
CREATE EXTENSION IF NOT EXISTS btree_gist;
--> statement-breakpoint
ALTER TABLE occupancies ADD CONSTRAINT occupancies_shape CHECK (
  ends_at > starts_at AND ends_at - starts_at <= 2678400000 AND (booking_id IS NULL) <> (hold_id IS NULL)
);
--> statement-breakpoint
ALTER TABLE occupancies ADD CONSTRAINT occupancies_overlap
  EXCLUDE USING gist (part_id WITH =, int8range(starts_at, ends_at) WITH &&);
