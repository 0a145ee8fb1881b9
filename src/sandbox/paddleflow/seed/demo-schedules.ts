import type { Core } from '../core.ts';
import type { Ask } from './demo-setting.ts';

/** Some that go on, one that was stopped, one that has come to its end. `pipelineIDs` by their names. */
export function seedSchedules(core: Core, ask: Ask, pipelineIDs: ReadonlyMap<string, string>): void {
  const { state } = core;
  const make = (
    user: string,
    pipeline: string,
    schedule: { readonly name: string; readonly crontab: string; readonly [key: string]: unknown },
  ) => String(ask('/schedule', { pipelineID: pipelineIDs.get(pipeline), pipelineVersionID: '1', ...schedule }, user)['scheduleID']);
  make('root', 'nightly-report', {
    name: 'hourly_report',
    desc: 'numbers of the hour',
    crontab: '@hourly',
    concurrency: 1,
    concurrencyPolicy: 'skip',
  });
  make('alice', 'demo', { name: 'nightly_demo', desc: 'each night at two', crontab: '0 2 * * *', concurrency: 1 });
  make('bobby', 'train-flow', {
    name: 'weekly_training',
    desc: 'Monday mornings in Berlin',
    crontab: 'CRON_TZ=Europe/Berlin 0 6 * * 1',
    concurrency: 1,
    concurrencyPolicy: 'replace',
    expireInterval: 3600,
  });
  const endTime = state.zone.local(state.now + 86_400_000);
  make('alice', 'flaky-import', { name: 'import_trial', desc: 'a day long', crontab: '@every 4h', endTime });
  const stopped = make('bobby', 'train-flow', { name: 'daily_training', desc: 'was too much', crontab: '@daily' });
  core.call({ user: 'bobby', method: 'PUT', path: `/schedule/${stopped}`, body: '' });
}
