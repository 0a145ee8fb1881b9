ALTER TABLE "source" ADD COLUMN "problem" text;--> statement-breakpoint
ALTER TABLE "source" ADD COLUMN "problem_since" timestamp (3) with time zone;