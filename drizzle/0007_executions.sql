CREATE TABLE "paddleflow_run" (
	"source" text NOT NULL,
	"ordinal" bigint NOT NULL,
	"fs_name" text NOT NULL,
	"description" text NOT NULL,
	"schedule_id" text NOT NULL,
	"pipeline_id" text,
	"pipeline_version_id" text,
	"origin" text NOT NULL,
	"scheduled_at" timestamp (3) with time zone,
	"queue_names" text[],
	"retry_of" bigint,
	"duplicate_of" bigint,
	"misses" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
INSERT INTO "paddleflow_run"
SELECT "source", "ordinal", "fs_name", "description", "schedule_id", "pipeline_id", "pipeline_version_id", "origin", "scheduled_at", "queue_names", "retry_of", "duplicate_of", "misses"
FROM "run";
--> statement-breakpoint
ALTER TABLE "paddleflow_run" ADD CONSTRAINT "paddleflow_run_source_ordinal_pk" PRIMARY KEY("source","ordinal");
--> statement-breakpoint
CREATE INDEX "paddleflow_run_retry" ON "paddleflow_run" USING btree ("source","retry_of") WHERE retry_of is not null;
--> statement-breakpoint
ALTER TABLE "run" RENAME TO "execution";
--> statement-breakpoint
ALTER TABLE "execution" RENAME CONSTRAINT "run_source_ordinal_pk" TO "execution_source_ordinal_pk";
--> statement-breakpoint
ALTER TABLE "execution" RENAME COLUMN "run_id" TO "key";
--> statement-breakpoint
ALTER TABLE "execution" ADD COLUMN "kind" text DEFAULT 'Run' NOT NULL;
--> statement-breakpoint
ALTER TABLE "execution" ALTER COLUMN "kind" DROP DEFAULT;
--> statement-breakpoint
ALTER TABLE "execution" ADD COLUMN "creator" text;
--> statement-breakpoint
ALTER TABLE "execution" ADD COLUMN "result" text;
--> statement-breakpoint
ALTER TABLE "execution" DROP COLUMN "fs_name", DROP COLUMN "description", DROP COLUMN "schedule_id", DROP COLUMN "pipeline_id", DROP COLUMN "pipeline_version_id", DROP COLUMN "origin", DROP COLUMN "scheduled_at", DROP COLUMN "queue_names", DROP COLUMN "retry_of", DROP COLUMN "duplicate_of", DROP COLUMN "misses";
--> statement-breakpoint
CREATE UNIQUE INDEX "execution_key" ON "execution" USING btree ("source","kind","key");
--> statement-breakpoint
CREATE INDEX "execution_creator" ON "execution" USING btree ("creator","sort_at") WHERE creator is not null;
--> statement-breakpoint
ALTER INDEX "run_newest" RENAME TO "execution_newest";
--> statement-breakpoint
ALTER INDEX "run_owner" RENAME TO "execution_owner";
--> statement-breakpoint
ALTER INDEX "run_updated" RENAME TO "execution_updated";
--> statement-breakpoint
ALTER INDEX "run_unsettled" RENAME TO "execution_unsettled";
--> statement-breakpoint
ALTER INDEX "run_without_detail" RENAME TO "execution_without_detail";
--> statement-breakpoint
ALTER INDEX "run_detail_outdated" RENAME TO "execution_detail_outdated";
--> statement-breakpoint
ALTER INDEX "run_log_pending" RENAME TO "execution_log_pending";
--> statement-breakpoint
ALTER INDEX "run_log_wanted" RENAME TO "execution_log_wanted";
--> statement-breakpoint
ALTER INDEX "run_untold" RENAME TO "execution_untold";
--> statement-breakpoint
ALTER INDEX "event_of_run" RENAME TO "event_of_execution";
--> statement-breakpoint
ALTER TABLE "log_step" RENAME TO "paddleflow_log_step";
--> statement-breakpoint
ALTER TABLE "paddleflow_log_step" RENAME CONSTRAINT "log_step_source_ordinal_step_pk" TO "paddleflow_log_step_source_ordinal_step_pk";
--> statement-breakpoint
ALTER TABLE "pipeline_version" RENAME TO "paddleflow_pipeline_version";
--> statement-breakpoint
ALTER TABLE "paddleflow_pipeline_version" RENAME CONSTRAINT "pipeline_version_source_pipeline_id_version_id_pk" TO "paddleflow_pipeline_version_source_pipeline_id_version_id_pk";
--> statement-breakpoint
ANALYZE "paddleflow_run";
