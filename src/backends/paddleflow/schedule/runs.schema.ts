import { builder } from '../../../graphql/builder.ts';
import { lookAhead } from '../../../graphql/look-ahead.ts';
import { resolveRuns, RunConnection } from '../run/list.schema.ts';
import { RunRef } from '../run/schema.ts';
import { ScheduleRef } from './schema.ts';

builder.objectField(ScheduleRef, 'runs', (t) =>
  t.connection(
    {
      description: 'Runs that it has made, newest first, the skipped ones too. From the catalog: no upstream call.',
      type: RunRef,
      resolve: ({ source, scheduleId }, args, context, info) =>
        resolveRuns({ sources: [source], schedules: [{ source, id: scheduleId }] }, args, context, lookAhead(info)),
    },
    RunConnection,
  ),
);
