DROP INDEX "execution_key";--> statement-breakpoint
CREATE INDEX "execution_key" ON "execution" USING btree ("source","kind","key");