CREATE TABLE "datastory_task" (
	"source" text NOT NULL,
	"ordinal" bigint NOT NULL,
	"mark" text NOT NULL,
	"submission" text NOT NULL,
	"task_id" text,
	"sent_at" timestamp (3) with time zone NOT NULL,
	"algorithm" text NOT NULL,
	"input" jsonb NOT NULL,
	"output" jsonb NOT NULL,
	"email" text NOT NULL,
	"parameters" "bytea",
	"added_at" timestamp (3) with time zone,
	"asked" integer DEFAULT 0 NOT NULL,
	"misses" integer DEFAULT 0 NOT NULL,
	"ask_at" timestamp (3) with time zone,
	CONSTRAINT "datastory_task_source_ordinal_pk" PRIMARY KEY("source","ordinal"),
	CONSTRAINT "datastory_task_mark_unique" UNIQUE("mark")
);
--> statement-breakpoint
CREATE INDEX "datastory_task_due" ON "datastory_task" USING btree ("source","ask_at") WHERE ask_at is not null;--> statement-breakpoint
CREATE INDEX "datastory_task_sending" ON "datastory_task" USING btree ("source","sent_at") WHERE submission = 'SENDING';--> statement-breakpoint
CREATE INDEX "datastory_task_id" ON "datastory_task" USING btree ("source","task_id");