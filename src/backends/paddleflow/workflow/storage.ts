import { both, flag, list, matching, record, text, textOrInteger, type Check } from './shape.ts';
import { entryOf, plainOf, textOf } from './yaml.ts';

const scope = both(record({ name: text, path: text }, { what: 'An fs_scope', nulls: 'absent' }), (value, path, report) => {
  if (!textOf(entryOf(value, 'name')?.value)) report.error(value.at, path, 'An fs_scope needs the name of a file system');
});
const isLookedAt = ([section]: readonly string[]) => section === 'cache' || section === 'entry_points';
/** Defaults for all steps, or a step's own. */
export const cache = record(
  {
    enable: flag,
    max_expired_time: both(textOrInteger, (value, path, report) => {
      const given = String(plainOf(value));
      // What is said in a template or a closing step is not looked at.
      const [severity, rule] = [
        isLookedAt(path) ? 'error' : 'warning',
        'is a number of seconds, or -1 for results that never expire',
      ] as const;
      if (!/^([-+]?\d+)?$/.test(given)) report[severity](value.at, path, `max_expired_time ${rule}`);
      else if (!/^(-1|\+?\d*)$/.test(given)) report.warning(value.at, path, `max_expired_time ${rule}`);
    }),
    fs_scope: list(scope),
  },
  { what: 'cache', nulls: 'absent' },
);

const mount = { name: text, mount_path: text, sub_path: matching(/^(?!\/)/, 'must not start with "/"'), read_only: flag };
export const extraMount: Check = both(record(mount, { what: 'An extra file system', nulls: 'absent' }), (value, path, report) => {
  if (!textOf(entryOf(value, 'name')?.value)) report.error(value.at, path, 'An extra file system needs a name');
});
export const mainMount: Check = both(record(mount, { what: 'main_fs', nulls: 'absent' }), (value, path, report) => {
  const readOnly = entryOf(value, 'read_only')?.value;
  if (readOnly?.kind === 'scalar' && readOnly.value === true)
    report.error(readOnly.at, [...path, 'read_only'], 'The main file system must not be read only');
});
