CREATE TABLE "bans" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text,
	"association_id" text,
	"unit_id" text,
	"from_date" text NOT NULL,
	"to_date" text NOT NULL,
	"reason" text NOT NULL,
	"heard_on" text,
	"hearing" text NOT NULL,
	"edition_id" text NOT NULL,
	"sanction_id" text NOT NULL,
	"decided_by_id" text NOT NULL,
	"created_at" bigint NOT NULL,
	"lifted_at" bigint,
	"lifted_by_id" text,
	"lift_reason" text,
	CONSTRAINT "bans_one_party" CHECK (("bans"."person_id" is null) <> ("bans"."association_id" is null))
);
--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "ban_id" text;--> statement-breakpoint
ALTER TABLE "bans" ADD CONSTRAINT "bans_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bans" ADD CONSTRAINT "bans_association_id_associations_id_fk" FOREIGN KEY ("association_id") REFERENCES "public"."associations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bans" ADD CONSTRAINT "bans_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bans" ADD CONSTRAINT "bans_decided_by_id_persons_id_fk" FOREIGN KEY ("decided_by_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bans" ADD CONSTRAINT "bans_lifted_by_id_persons_id_fk" FOREIGN KEY ("lifted_by_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bans_person" ON "bans" USING btree ("person_id","to_date");--> statement-breakpoint
CREATE INDEX "bans_association" ON "bans" USING btree ("association_id","to_date");--> statement-breakpoint
CREATE INDEX "bans_unit" ON "bans" USING btree ("unit_id","to_date");--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_ban_id_bans_id_fk" FOREIGN KEY ("ban_id") REFERENCES "public"."bans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "decisions_ban" ON "decisions" USING btree ("ban_id","issued_at");--> statement-breakpoint
-- Of a ban only its lifting is written afterwards, once.
CREATE TRIGGER bans_stay BEFORE UPDATE OF id, person_id, association_id, unit_id, from_date, to_date, reason, heard_on, hearing, edition_id, sanction_id, decided_by_id, created_at ON bans FOR EACH ROW EXECUTE FUNCTION never_changed('a ban');
--> statement-breakpoint
CREATE TRIGGER bans_lifted_stay BEFORE UPDATE ON bans FOR EACH ROW WHEN (OLD.lifted_at IS NOT NULL) EXECUTE FUNCTION never_changed('a lifted ban');
