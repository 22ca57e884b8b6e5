CREATE TABLE `contact_messages` (
	`id` text PRIMARY KEY NOT NULL,
	`topic` text NOT NULL,
	`text` text NOT NULL,
	`email` text,
	`page` text,
	`language` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `banners` (
	`id` text PRIMARY KEY NOT NULL,
	`audience` text NOT NULL,
	`level` text NOT NULL,
	`text` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`made_by_id` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`made_by_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `banners_end` ON `banners` (`ends_at`);--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`token_hash` text NOT NULL,
	`association_id` text NOT NULL,
	`email` text NOT NULL,
	`rights` text NOT NULL,
	`invited_by_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`accepted_at` integer,
	`revoked_at` integer,
	FOREIGN KEY (`association_id`) REFERENCES `associations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`invited_by_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_token_hash_unique` ON `invitations` (`token_hash`);--> statement-breakpoint
CREATE INDEX `invitations_association` ON `invitations` (`association_id`);--> statement-breakpoint
CREATE INDEX `invitations_email` ON `invitations` (`email`);--> statement-breakpoint
ALTER TABLE `feed_addresses` ADD `subject_id` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `associations` ADD `verified_by_id` text REFERENCES persons(id);--> statement-breakpoint
ALTER TABLE `associations` ADD `revision` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `memberships` ADD `rights` text DEFAULT 'books' NOT NULL;--> statement-breakpoint
ALTER TABLE `persons` ADD `digest` integer DEFAULT true NOT NULL;