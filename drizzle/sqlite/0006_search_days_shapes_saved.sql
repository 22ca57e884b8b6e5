CREATE TABLE `occupied_days` (
	`day` integer PRIMARY KEY NOT NULL,
	`version` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `saved_searches` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`name` text NOT NULL,
	`query` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `saved_searches_person` ON `saved_searches` (`person_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `area_shapes` (
	`area_id` text PRIMARY KEY NOT NULL,
	`shape` text NOT NULL,
	FOREIGN KEY (`area_id`) REFERENCES `areas`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
-- What is kept in memory of a day hangs on its mark (availability/table.ts).
CREATE TRIGGER occupied_days_insert AFTER INSERT ON occupancies BEGIN
  INSERT INTO occupied_days (day, version) VALUES (CASE WHEN NEW.ends_at - NEW.starts_at > 43200000 THEN -1 ELSE NEW.starts_at / 86400000 END, lower(hex(randomblob(8))))
  ON CONFLICT (day) DO UPDATE SET version = excluded.version;
END;
--> statement-breakpoint
CREATE TRIGGER occupied_days_delete AFTER DELETE ON occupancies BEGIN
  INSERT INTO occupied_days (day, version) VALUES (CASE WHEN OLD.ends_at - OLD.starts_at > 43200000 THEN -1 ELSE OLD.starts_at / 86400000 END, lower(hex(randomblob(8))))
  ON CONFLICT (day) DO UPDATE SET version = excluded.version;
END;
--> statement-breakpoint
CREATE TRIGGER occupied_days_update AFTER UPDATE ON occupancies BEGIN
  INSERT INTO occupied_days (day, version) VALUES (CASE WHEN OLD.ends_at - OLD.starts_at > 43200000 THEN -1 ELSE OLD.starts_at / 86400000 END, lower(hex(randomblob(8))))
  ON CONFLICT (day) DO UPDATE SET version = excluded.version;
  INSERT INTO occupied_days (day, version) VALUES (CASE WHEN NEW.ends_at - NEW.starts_at > 43200000 THEN -1 ELSE NEW.starts_at / 86400000 END, lower(hex(randomblob(8))))
  ON CONFLICT (day) DO UPDATE SET version = excluded.version;
END;
