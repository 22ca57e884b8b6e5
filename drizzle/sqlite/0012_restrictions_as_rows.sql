CREATE TABLE `restrictions` (
	`id` text PRIMARY KEY NOT NULL,
	`unit_id` text NOT NULL,
	`space_id` text,
	`effect` text NOT NULL,
	`what` text NOT NULL,
	`reason` text NOT NULL,
	`valid_from` text NOT NULL,
	`valid_to` text,
	`decision` text,
	`state` text NOT NULL,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`space_id`) REFERENCES `spaces`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `restrictions_unit` ON `restrictions` (`unit_id`);--> statement-breakpoint
INSERT INTO `restrictions` (`id`, `unit_id`, `space_id`, `effect`, `what`, `reason`, `valid_from`, `valid_to`, `state`)
SELECT `id` || '/not-lent', `id`, NULL, 'not_lent', '{"fi":"Tilojen varaaminen","sv":"Bokning av lokaler","en":"Booking of spaces"}', `not_lent_reason`, min(date('now'), coalesce(`not_lent_until`, date('now'))), `not_lent_until`, 'in_force'
FROM `units` WHERE `not_lent_reason` IS NOT NULL;--> statement-breakpoint
INSERT INTO `restrictions` (`id`, `unit_id`, `space_id`, `effect`, `what`, `reason`, `valid_from`, `valid_to`, `state`)
SELECT s.`id` || '/' || j.`key`, s.`unit_id`, s.`id`, 'by_staff', json_extract(j.`value`, '$.what'), json_extract(j.`value`, '$.reason'), min(date('now'), coalesce(json_extract(j.`value`, '$.until'), date('now'))), json_extract(j.`value`, '$.until'), 'in_force'
FROM `spaces` s, json_each(s.`restrictions`) j;--> statement-breakpoint
UPDATE `restrictions` SET `space_id` = NULL, `id` = `unit_id` || '/' || `id`
WHERE `effect` = 'by_staff' AND (
	SELECT count(*) FROM `restrictions` r WHERE r.`unit_id` = `restrictions`.`unit_id` AND r.`effect` = 'by_staff' AND r.`what` = `restrictions`.`what` AND r.`reason` = `restrictions`.`reason` AND r.`valid_to` IS `restrictions`.`valid_to`
) = (SELECT count(*) FROM `spaces` s WHERE s.`unit_id` = `restrictions`.`unit_id`);--> statement-breakpoint
DELETE FROM `restrictions` WHERE `space_id` IS NULL AND `effect` = 'by_staff' AND EXISTS (
	SELECT 1 FROM `restrictions` r WHERE r.`space_id` IS NULL AND r.`effect` = 'by_staff' AND r.`unit_id` = `restrictions`.`unit_id` AND r.`what` = `restrictions`.`what` AND r.`reason` = `restrictions`.`reason` AND r.`valid_to` IS `restrictions`.`valid_to` AND r.`id` < `restrictions`.`id`
);--> statement-breakpoint
UPDATE `spaces` SET `approval` = 'automatic' WHERE json_array_length(`restrictions`) > 0;--> statement-breakpoint
ALTER TABLE `spaces` DROP COLUMN `restrictions`;--> statement-breakpoint
ALTER TABLE `units` DROP COLUMN `not_lent_reason`;--> statement-breakpoint
ALTER TABLE `units` DROP COLUMN `not_lent_until`;