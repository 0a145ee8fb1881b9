import { builder } from '../../../graphql/builder.ts';
import { forecast, type Forecast } from './forecast.ts';
import { countOf, mostFireTimes } from './schema.ts';

const CrontabForecast = builder.objectRef<Forecast>('CrontabForecast').implement({
  description: 'What a crontab means, before a schedule is made of it.',
  fields: (t) => ({
    problem: t.exposeString('problem', { nullable: true, description: 'Why it would be refused, for people; null when it is in order.' }),
    times: t.field({
      type: ['DateTime'],
      description: 'When it would fire, in order. Empty when it would be refused, as a crontab is that never fires.',
      resolve: ({ times }) => [...times],
    }),
    timeZone: t.exposeString('timeZone', { description: "By whose clock: the backend's, or the one that the crontab names itself." }),
  }),
});

builder.queryField('nextFireTimes', (t) =>
  t.field({
    type: CrontabForecast,
    description: 'Checks a crontab and says when it would fire, by the clock of a source. Costs no upstream call.',
    args: {
      source: t.arg.string({ description: 'Name of the source whose clock counts.' }),
      crontab: t.arg.string({
        description: 'Five fields, `@daily` and its like, or `@every 10m`; `CRON_TZ=Europe/Berlin` may stand in front.',
      }),
      count: t.arg.int({ defaultValue: 5, description: `Times to tell, at most ${mostFireTimes}.` }),
      from: t.arg({ type: 'DateTime', required: false, description: 'Moment after which they are to lie; left out: now.' }),
    },
    resolve: (_root, { source, crontab, count, from }, context) => {
      context.paddleflow.requireSource(source);
      return forecast(crontab, context.paddleflow.schedules(source).timeZone, { count: countOf(count), from: from ?? new Date() });
    },
  }),
);
