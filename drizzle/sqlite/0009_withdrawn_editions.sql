CREATE TABLE `edition_withdrawals` (
	`edition_id` text PRIMARY KEY NOT NULL,
	`decision` text NOT NULL,
	`reason` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`edition_id`) REFERENCES `editions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TRIGGER edition_withdrawals_stay BEFORE UPDATE ON edition_withdrawals BEGIN
  SELECT RAISE(ABORT, 'a withdrawal is never changed');
END;
