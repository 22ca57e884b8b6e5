-- The last guard against a double booking: no path, tool or importer gets round it.
-- starts_at is bounded below by the longest occupancy (31 days), so that the index answers.
CREATE TRIGGER occupancies_shape_insert BEFORE INSERT ON occupancies
WHEN NEW.ends_at <= NEW.starts_at OR NEW.ends_at - NEW.starts_at > 2678400000
  OR (NEW.booking_id IS NULL) = (NEW.hold_id IS NULL)
BEGIN SELECT RAISE(ABORT, 'occupancies_shape'); END;
--> statement-breakpoint
CREATE TRIGGER occupancies_shape_update BEFORE UPDATE ON occupancies
WHEN NEW.ends_at <= NEW.starts_at OR NEW.ends_at - NEW.starts_at > 2678400000
  OR (NEW.booking_id IS NULL) = (NEW.hold_id IS NULL)
BEGIN SELECT RAISE(ABORT, 'occupancies_shape'); END;
--> statement-breakpoint
CREATE TRIGGER occupancies_overlap_insert BEFORE INSERT ON occupancies
WHEN EXISTS (
  SELECT 1 FROM occupancies o WHERE o.part_id = NEW.part_id
    AND o.starts_at < NEW.ends_at AND o.starts_at > NEW.starts_at - 2678400000 AND o.ends_at > NEW.starts_at
)
BEGIN SELECT RAISE(ABORT, 'occupancies_overlap'); END;
--> statement-breakpoint
CREATE TRIGGER occupancies_overlap_update BEFORE UPDATE ON occupancies
WHEN EXISTS (
  SELECT 1 FROM occupancies o WHERE o.part_id = NEW.part_id AND o.id <> NEW.id
    AND o.starts_at < NEW.ends_at AND o.starts_at > NEW.starts_at - 2678400000 AND o.ends_at > NEW.starts_at
)
BEGIN SELECT RAISE(ABORT, 'occupancies_overlap'); END;
