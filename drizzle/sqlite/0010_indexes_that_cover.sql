DROP INDEX `bookings_space`;--> statement-breakpoint
CREATE INDEX `bookings_space` ON `bookings` (`space_id`,`starts_at`,`ends_at`,`state`,`public`,`id`);--> statement-breakpoint
DROP INDEX `occupancies_part`;--> statement-breakpoint
CREATE INDEX `occupancies_part` ON `occupancies` (`part_id`,`starts_at`,`ends_at`,`booking_id`,`hold_id`,`before_minutes`,`after_minutes`);