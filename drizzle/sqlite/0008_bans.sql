CREATE TABLE `bans` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text,
	`association_id` text,
	`unit_id` text,
	`from_date` text NOT NULL,
	`to_date` text NOT NULL,
	`reason` text NOT NULL,
	`heard_on` text,
	`hearing` text NOT NULL,
	`edition_id` text NOT NULL,
	`sanction_id` text NOT NULL,
	`decided_by_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`lifted_at` integer,
	`lifted_by_id` text,
	`lift_reason` text,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`association_id`) REFERENCES `associations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`lifted_by_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "bans_one_party" CHECK(("bans"."person_id" is null) <> ("bans"."association_id" is null))
);
--> statement-breakpoint
CREATE INDEX `bans_person` ON `bans` (`person_id`,`to_date`);--> statement-breakpoint
CREATE INDEX `bans_association` ON `bans` (`association_id`,`to_date`);--> statement-breakpoint
CREATE INDEX `bans_unit` ON `bans` (`unit_id`,`to_date`);--> statement-breakpoint
ALTER TABLE `decisions` ADD `ban_id` text REFERENCES bans(id);--> statement-breakpoint
CREATE INDEX `decisions_ban` ON `decisions` (`ban_id`,`issued_at`);--> statement-breakpoint
-- Of a ban only its lifting is written afterwards, once.
CREATE TRIGGER bans_stay BEFORE UPDATE OF id, person_id, association_id, unit_id, from_date, to_date, reason, heard_on, hearing, edition_id, sanction_id, decided_by_id, created_at ON bans BEGIN
  SELECT RAISE(ABORT, 'a ban is never changed');
END;
--> statement-breakpoint
CREATE TRIGGER bans_lifted_stay BEFORE UPDATE ON bans WHEN OLD.lifted_at IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'a lifted ban is never changed');
END;
