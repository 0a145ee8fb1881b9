import { bigint, customType, timestamp } from 'drizzle-orm/pg-core';

/** Upstream text may hold U+0000, which Postgres text and jsonb refuse: raw JSON and log lines are bytes. */
export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
export const row = (name: string) => bigint(name, { mode: 'number' });
