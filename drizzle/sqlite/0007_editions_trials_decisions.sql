CREATE TABLE `decisions` (
	`id` text PRIMARY KEY NOT NULL,
	`ref` text NOT NULL,
	`kind` text NOT NULL,
	`booking_id` text,
	`person_id` text NOT NULL,
	`language` text NOT NULL,
	`content` text NOT NULL,
	`issued_at` integer NOT NULL,
	`decided_by_id` text,
	FOREIGN KEY (`booking_id`) REFERENCES `bookings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `decisions_ref_unique` ON `decisions` (`ref`);--> statement-breakpoint
CREATE INDEX `decisions_booking` ON `decisions` (`booking_id`,`issued_at`);--> statement-breakpoint
CREATE INDEX `decisions_person` ON `decisions` (`person_id`,`issued_at`);--> statement-breakpoint
CREATE TABLE `trials` (
	`id` text PRIMARY KEY NOT NULL,
	`edition_id` text NOT NULL,
	`revision` integer NOT NULL,
	`state` text NOT NULL,
	`done` integer DEFAULT 0 NOT NULL,
	`all_bookings` integer DEFAULT 0 NOT NULL,
	`outcome` text,
	`started_by_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`finished_at` integer,
	FOREIGN KEY (`edition_id`) REFERENCES `editions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`started_by_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `trials_edition` ON `trials` (`edition_id`,`created_at`);--> statement-breakpoint
ALTER TABLE `editions` ADD `based_on` text;--> statement-breakpoint
ALTER TABLE `editions` ADD `revision` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `editions` ADD `updated_at` integer;--> statement-breakpoint
ALTER TABLE `editions` ADD `adopted_at` integer;--> statement-breakpoint
CREATE INDEX `editions_validity` ON `editions` (`status`,`valid_from`);--> statement-breakpoint
-- What was decided stays as it was decided: another edition replaces it, a new document corrects it.
CREATE TRIGGER editions_adopted_stay BEFORE UPDATE ON editions WHEN OLD.status = 'adopted' BEGIN
  SELECT RAISE(ABORT, 'an adopted edition is never changed');
END;
--> statement-breakpoint
CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions BEGIN
  SELECT RAISE(ABORT, 'a decision document is never changed');
END;
