CREATE TABLE "restrictions" (
	"id" text PRIMARY KEY NOT NULL,
	"unit_id" text NOT NULL,
	"space_id" text,
	"effect" text NOT NULL,
	"what" jsonb NOT NULL,
	"reason" jsonb NOT NULL,
	"valid_from" text NOT NULL,
	"valid_to" text,
	"decision" jsonb,
	"state" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "restrictions" ADD CONSTRAINT "restrictions_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "restrictions" ADD CONSTRAINT "restrictions_space_id_spaces_id_fk" FOREIGN KEY ("space_id") REFERENCES "public"."spaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "restrictions_unit" ON "restrictions" USING btree ("unit_id");--> statement-breakpoint
INSERT INTO "restrictions" ("id", "unit_id", "space_id", "effect", "what", "reason", "valid_from", "valid_to", "state")
SELECT "id" || '/not-lent', "id", NULL, 'not_lent', '{"fi":"Tilojen varaaminen","sv":"Bokning av lokaler","en":"Booking of spaces"}'::jsonb, "not_lent_reason", least(to_char(now(), 'YYYY-MM-DD'), "not_lent_until"), "not_lent_until", 'in_force'
FROM "units" WHERE "not_lent_reason" IS NOT NULL;--> statement-breakpoint
INSERT INTO "restrictions" ("id", "unit_id", "space_id", "effect", "what", "reason", "valid_from", "valid_to", "state")
SELECT s."id" || '/' || (j."at" - 1), s."unit_id", s."id", 'by_staff', j."value" -> 'what', j."value" -> 'reason', least(to_char(now(), 'YYYY-MM-DD'), j."value" ->> 'until'), j."value" ->> 'until', 'in_force'
FROM "spaces" s, jsonb_array_elements(s."restrictions") WITH ORDINALITY j("value", "at");--> statement-breakpoint
UPDATE "restrictions" SET "space_id" = NULL, "id" = "unit_id" || '/' || "id"
WHERE "effect" = 'by_staff' AND (
	SELECT count(*) FROM "restrictions" r WHERE r."unit_id" = "restrictions"."unit_id" AND r."effect" = 'by_staff' AND r."what" = "restrictions"."what" AND r."reason" = "restrictions"."reason" AND r."valid_to" IS NOT DISTINCT FROM "restrictions"."valid_to"
) = (SELECT count(*) FROM "spaces" s WHERE s."unit_id" = "restrictions"."unit_id");--> statement-breakpoint
DELETE FROM "restrictions" WHERE "space_id" IS NULL AND "effect" = 'by_staff' AND EXISTS (
	SELECT 1 FROM "restrictions" r WHERE r."space_id" IS NULL AND r."effect" = 'by_staff' AND r."unit_id" = "restrictions"."unit_id" AND r."what" = "restrictions"."what" AND r."reason" = "restrictions"."reason" AND r."valid_to" IS NOT DISTINCT FROM "restrictions"."valid_to" AND r."id" < "restrictions"."id"
);--> statement-breakpoint
UPDATE "spaces" SET "approval" = 'automatic' WHERE jsonb_array_length("restrictions") > 0;--> statement-breakpoint
ALTER TABLE "spaces" DROP COLUMN "restrictions";--> statement-breakpoint
ALTER TABLE "units" DROP COLUMN "not_lent_reason";--> statement-breakpoint
ALTER TABLE "units" DROP COLUMN "not_lent_until";