CREATE TABLE "contact_messages" (
	"id" text PRIMARY KEY NOT NULL,
	"topic" text NOT NULL,
	"text" text NOT NULL,
	"email" text,
	"page" text,
	"language" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "banners" (
	"id" text PRIMARY KEY NOT NULL,
	"audience" text NOT NULL,
	"level" text NOT NULL,
	"text" jsonb NOT NULL,
	"starts_at" bigint NOT NULL,
	"ends_at" bigint NOT NULL,
	"made_by_id" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" text PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"association_id" text NOT NULL,
	"email" text NOT NULL,
	"rights" text NOT NULL,
	"invited_by_id" text NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"accepted_at" bigint,
	"revoked_at" bigint,
	CONSTRAINT "invitations_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
ALTER TABLE "feed_addresses" ADD COLUMN "subject_id" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "associations" ADD COLUMN "verified_by_id" text;--> statement-breakpoint
ALTER TABLE "associations" ADD COLUMN "revision" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "rights" text DEFAULT 'books' NOT NULL;--> statement-breakpoint
ALTER TABLE "persons" ADD COLUMN "digest" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "banners" ADD CONSTRAINT "banners_made_by_id_persons_id_fk" FOREIGN KEY ("made_by_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_association_id_associations_id_fk" FOREIGN KEY ("association_id") REFERENCES "public"."associations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_invited_by_id_persons_id_fk" FOREIGN KEY ("invited_by_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "banners_end" ON "banners" USING btree ("ends_at");--> statement-breakpoint
CREATE INDEX "invitations_association" ON "invitations" USING btree ("association_id");--> statement-breakpoint
CREATE INDEX "invitations_email" ON "invitations" USING btree ("email");--> statement-breakpoint
ALTER TABLE "associations" ADD CONSTRAINT "associations_verified_by_id_persons_id_fk" FOREIGN KEY ("verified_by_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;