CREATE TABLE "edition_withdrawals" (
	"edition_id" text PRIMARY KEY NOT NULL,
	"decision" jsonb NOT NULL,
	"reason" jsonb NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "edition_withdrawals" ADD CONSTRAINT "edition_withdrawals_edition_id_editions_id_fk" FOREIGN KEY ("edition_id") REFERENCES "public"."editions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE TRIGGER edition_withdrawals_stay BEFORE UPDATE ON edition_withdrawals FOR EACH ROW EXECUTE FUNCTION never_changed('a withdrawal');
