CREATE TABLE "audit" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"viewer" text NOT NULL,
	"action" text NOT NULL,
	"target" text NOT NULL,
	"outcome" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "event" (
	"source" text NOT NULL,
	"seq" bigint NOT NULL,
	"ordinal" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"raw_state" text NOT NULL,
	"message" text NOT NULL,
	"steps" text[] NOT NULL,
	CONSTRAINT "event_source_seq_pk" PRIMARY KEY("source","seq")
);
--> statement-breakpoint
CREATE TABLE "intent" (
	"key" text NOT NULL,
	"viewer" text NOT NULL,
	"mutation" text NOT NULL,
	"source" text NOT NULL,
	"input_hash" text NOT NULL,
	"mark" text NOT NULL,
	"status" text NOT NULL,
	"execution_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "intent_viewer_key_pk" PRIMARY KEY("viewer","key"),
	CONSTRAINT "intent_mark_unique" UNIQUE("mark")
);
--> statement-breakpoint
CREATE TABLE "lease" (
	"source" text PRIMARY KEY NOT NULL,
	"epoch" bigint NOT NULL,
	"holder" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "log_entry" (
	"source" text NOT NULL,
	"ordinal" bigint NOT NULL,
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
	"missing_lines" bigint,
	CONSTRAINT "log_entry_source_ordinal_last_seq_pk" PRIMARY KEY("source","ordinal","last_seq")
);
--> statement-breakpoint
CREATE TABLE "log_step" (
	"source" text NOT NULL,
	"ordinal" bigint NOT NULL,
	"step" text NOT NULL,
	"log_run_id" text NOT NULL,
	"job_id" text NOT NULL,
	"lines" bigint DEFAULT 0 NOT NULL,
	"tasks" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"watched" boolean DEFAULT false NOT NULL,
	"drained_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"gaps" boolean DEFAULT false NOT NULL,
	CONSTRAINT "log_step_source_ordinal_step_pk" PRIMARY KEY("source","ordinal","step")
);
--> statement-breakpoint
CREATE TABLE "pipeline_version" (
	"source" text NOT NULL,
	"pipeline_id" text NOT NULL,
	"version_id" text NOT NULL,
	"fs_name" text NOT NULL,
	"yaml_path" text NOT NULL,
	"yaml" "bytea" NOT NULL,
	"owner" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "pipeline_version_source_pipeline_id_version_id_pk" PRIMARY KEY("source","pipeline_id","version_id")
);
--> statement-breakpoint
CREATE TABLE "run" (
	"source" text NOT NULL,
	"ordinal" bigint NOT NULL,
	"run_id" text NOT NULL,
	"name" text NOT NULL,
	"owner" text NOT NULL,
	"fs_name" text NOT NULL,
	"description" text NOT NULL,
	"schedule_id" text NOT NULL,
	"pipeline_id" text,
	"pipeline_version_id" text,
	"origin" text NOT NULL,
	"state" text NOT NULL,
	"raw_state" text NOT NULL,
	"message" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"scheduled_at" timestamp (3) with time zone,
	"started_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"sort_at" timestamp (3) with time zone NOT NULL,
	"observed_at" timestamp (3) with time zone NOT NULL,
	"final_since" timestamp (3) with time zone,
	"settled_at" timestamp (3) with time zone,
	"deleted_upstream" timestamp (3) with time zone,
	"misses" integer DEFAULT 0 NOT NULL,
	"unreadable_until" timestamp (3) with time zone,
	"detail" "bytea",
	"detail_observed_at" timestamp (3) with time zone,
	"queue_names" text[],
	"retry_of" bigint,
	"announced" text,
	"untold" boolean DEFAULT false NOT NULL,
	"log_head" bigint DEFAULT 0 NOT NULL,
	"log_state" text DEFAULT 'PENDING' NOT NULL,
	"log_wanted" boolean DEFAULT false NOT NULL,
	CONSTRAINT "run_source_ordinal_pk" PRIMARY KEY("source","ordinal")
);
--> statement-breakpoint
CREATE TABLE "source" (
	"name" text PRIMARY KEY NOT NULL,
	"generation" uuid DEFAULT gen_random_uuid() NOT NULL,
	"event_head" bigint DEFAULT 0 NOT NULL,
	"phase" text DEFAULT 'STARTING' NOT NULL,
	"newest_ordinal" bigint DEFAULT 0 NOT NULL,
	"backfilled_to" bigint DEFAULT 0 NOT NULL,
	"audit_marker" text,
	"audited_to" bigint DEFAULT 0 NOT NULL,
	"audited_at" timestamp (3) with time zone,
	"last_success_at" timestamp (3) with time zone,
	"lag_ms" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE INDEX "event_of_run" ON "event" USING btree ("source","ordinal","seq");--> statement-breakpoint
CREATE INDEX "log_entry_of_step" ON "log_entry" USING btree ("source","ordinal","step","last_seq");--> statement-breakpoint
CREATE INDEX "run_newest" ON "run" USING btree ("sort_at","source","ordinal");--> statement-breakpoint
CREATE INDEX "run_owner" ON "run" USING btree ("owner","sort_at");--> statement-breakpoint
CREATE INDEX "run_updated" ON "run" USING btree ("source","updated_at");--> statement-breakpoint
CREATE INDEX "run_unsettled" ON "run" USING btree ("source","ordinal") WHERE settled_at is null and deleted_upstream is null;--> statement-breakpoint
CREATE INDEX "run_without_detail" ON "run" USING btree ("source","ordinal") WHERE detail is null and deleted_upstream is null;--> statement-breakpoint
CREATE INDEX "run_detail_outdated" ON "run" USING btree ("source","detail_observed_at") WHERE detail_observed_at < coalesce(settled_at, final_since) and deleted_upstream is null;--> statement-breakpoint
CREATE INDEX "run_log_pending" ON "run" USING btree ("source",coalesce(ended_at, 'infinity')) WHERE log_state = 'PENDING' and detail is not null and deleted_upstream is null;--> statement-breakpoint
CREATE INDEX "run_log_wanted" ON "run" USING btree ("source","ordinal") WHERE log_wanted and log_state = 'PENDING' and deleted_upstream is null;--> statement-breakpoint
CREATE INDEX "run_retry" ON "run" USING btree ("source","retry_of") WHERE retry_of is not null;--> statement-breakpoint
CREATE INDEX "run_untold" ON "run" USING btree ("source","ordinal") WHERE untold;