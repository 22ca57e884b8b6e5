CREATE INDEX `occupancies_time` ON `occupancies` (`starts_at`);--> statement-breakpoint
CREATE INDEX `occupancies_long` ON `occupancies` (`starts_at`) WHERE ends_at - starts_at > 86400000;