ALTER TABLE "intent" RENAME COLUMN "mutation" TO "kind";--> statement-breakpoint
ALTER TABLE "intent" ADD COLUMN "epoch" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "intent" ADD COLUMN "sent_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL;--> statement-breakpoint
ALTER TABLE "intent" ADD COLUMN "since" bigint DEFAULT 0 NOT NULL;
