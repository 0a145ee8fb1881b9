CREATE TABLE "stream" (
	"key" text PRIMARY KEY NOT NULL,
	"head" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
INSERT INTO "stream" SELECT 'events:' || "name", "event_head" FROM "source" WHERE "event_head" > 0;
--> statement-breakpoint
INSERT INTO "stream" SELECT 'log:' || "source" || ':' || "run_id", "log_head" FROM "run" WHERE "log_head" > 0;
--> statement-breakpoint
ALTER TABLE "log_entry" RENAME TO "log_entry_by_ordinal";
--> statement-breakpoint
CREATE TABLE "log_entry" (
	"stream" text NOT NULL,
	"first_seq" bigint NOT NULL,
	"last_seq" bigint NOT NULL,
	"kind" text NOT NULL,
	"step" text NOT NULL,
	"first_line" bigint NOT NULL,
	"body" "bytea",
	"cut_lines" bigint[],
	"reason" text,
	"from_time" timestamp (3) with time zone,
	"to_time" timestamp (3) with time zone,
	"missing_lines" bigint
);
--> statement-breakpoint
INSERT INTO "log_entry"
SELECT 'log:' || "run"."source" || ':' || "run"."run_id", "first_seq", "last_seq", "kind", "step", "first_line", "body", "cut_lines", "reason", "from_time", "to_time", "missing_lines"
FROM "log_entry_by_ordinal" "entry" JOIN "run" ON "run"."source" = "entry"."source" AND "run"."ordinal" = "entry"."ordinal";
--> statement-breakpoint
DROP TABLE "log_entry_by_ordinal";
--> statement-breakpoint
ALTER TABLE "log_entry" ADD CONSTRAINT "log_entry_stream_last_seq_pk" PRIMARY KEY("stream","last_seq");
--> statement-breakpoint
CREATE INDEX "log_entry_of_step" ON "log_entry" USING btree ("stream","step","last_seq");
--> statement-breakpoint
ALTER TABLE "run" DROP COLUMN "log_head";
--> statement-breakpoint
ALTER TABLE "source" DROP COLUMN "event_head";
--> statement-breakpoint
ANALYZE "stream", "log_entry";
