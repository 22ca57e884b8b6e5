DROP INDEX "bookings_space";--> statement-breakpoint
DROP INDEX "occupancies_part";--> statement-breakpoint
CREATE INDEX "bookings_space" ON "bookings" USING btree ("space_id","starts_at","ends_at","state","public","id");--> statement-breakpoint
CREATE INDEX "occupancies_part" ON "occupancies" USING btree ("part_id","starts_at","ends_at","booking_id","hold_id","before_minutes","after_minutes");