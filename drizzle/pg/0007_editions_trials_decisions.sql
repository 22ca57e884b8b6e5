CREATE TABLE "decisions" (
	"id" text PRIMARY KEY NOT NULL,
	"ref" text NOT NULL,
	"kind" text NOT NULL,
	"booking_id" text,
	"person_id" text NOT NULL,
	"language" text NOT NULL,
	"content" jsonb NOT NULL,
	"issued_at" bigint NOT NULL,
	"decided_by_id" text,
	CONSTRAINT "decisions_ref_unique" UNIQUE("ref")
);
--> statement-breakpoint
CREATE TABLE "trials" (
	"id" text PRIMARY KEY NOT NULL,
	"edition_id" text NOT NULL,
	"revision" integer NOT NULL,
	"state" text NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"all_bookings" integer DEFAULT 0 NOT NULL,
	"outcome" jsonb,
	"started_by_id" text NOT NULL,
	"created_at" bigint NOT NULL,
	"finished_at" bigint
);
--> statement-breakpoint
ALTER TABLE "editions" ADD COLUMN "based_on" text;--> statement-breakpoint
ALTER TABLE "editions" ADD COLUMN "revision" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "editions" ADD COLUMN "updated_at" bigint;--> statement-breakpoint
ALTER TABLE "editions" ADD COLUMN "adopted_at" bigint;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_decided_by_id_persons_id_fk" FOREIGN KEY ("decided_by_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trials" ADD CONSTRAINT "trials_edition_id_editions_id_fk" FOREIGN KEY ("edition_id") REFERENCES "public"."editions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trials" ADD CONSTRAINT "trials_started_by_id_persons_id_fk" FOREIGN KEY ("started_by_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "decisions_booking" ON "decisions" USING btree ("booking_id","issued_at");--> statement-breakpoint
CREATE INDEX "decisions_person" ON "decisions" USING btree ("person_id","issued_at");--> statement-breakpoint
CREATE INDEX "trials_edition" ON "trials" USING btree ("edition_id","created_at");--> statement-breakpoint
CREATE INDEX "editions_validity" ON "editions" USING btree ("status","valid_from");--> statement-breakpoint
-- What was decided stays as it was decided: another edition replaces it, a new document corrects it.
CREATE FUNCTION never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is never changed', TG_ARGV[0];
END $$;
--> statement-breakpoint
CREATE TRIGGER editions_adopted_stay BEFORE UPDATE ON editions FOR EACH ROW WHEN (OLD.status = 'adopted') EXECUTE FUNCTION never_changed('an adopted edition');
--> statement-breakpoint
CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions FOR EACH ROW EXECUTE FUNCTION never_changed('a decision document');
