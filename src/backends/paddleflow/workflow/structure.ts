import { cache, extraMount, mainMount } from './storage.ts';
import { both, checkName, either, integer, isNull, list, mapOf, record, text, textOrNumber, type Check } from './shape.ts';
import type { Report } from './issue.ts';
import { entryOf, textOf, type Entry, type Value } from './yaml.ts';

const anything: Check = () => {};
const inMap = { nulls: 'absent' } as const;

const parameters = mapOf(() => {});
const env = mapOf(({ value }, path, report) => textOrNumber(value, path, report));
const namesOnly = mapOf((entry, path, report) => {
  if (!isNull(entry.value) && textOf(entry.value) !== '')
    report.error(entry.value.at, path, 'An output of a step is a name without a value');
});
const texts = mapOf(({ value }, path, report) => text(value, path, report));
/** A map is tolerated by the server, with empty values. */
const outputNames: Check = (value, path, report) => (value.kind === 'map' ? namesOnly : list(text))(value, path, report);

const image = both(text, (value, path, report) => {
  if (textOf(value)?.endsWith('.tar')) report.error(value.at, path, 'An image file (.tar) is not accepted');
});
/** In whatever case, on servers of some versions. */
const typeIs =
  (word: 'step' | 'dag'): Check =>
  (value, path, report) => {
    if (textOf(value)?.toLowerCase() !== word) return either(word)(value, path, report);
    if (textOf(value) !== word) report.warning(value.at, path, `type is ${word}, in lower case`);
  };
const reference = both(record({ component: text }, { what: 'reference', ...inMap }), (value, path, report) => {
  if (!textOf(entryOf(value, 'component')?.value))
    report.warning(value.at, path, 'A reference without the name of a component may be refused');
});

const stepArtifacts = record({ input: texts, output: outputNames }, { what: 'artifacts', ...inMap });
const dagArtifacts = record({ input: texts, output: texts }, { what: 'artifacts', ...inMap });

/** Contract 7.2 and 7.3. What its names and values mean is looked at elsewhere: the server does not, where a component is switched off. */
function checkComponent({ name, at, value }: Entry, path: readonly string[], report: Report): void {
  checkName('component', { name, at }, path, report);
  const shared = { deps: text, parameters, condition: text, loop_argument: anything };
  if (value.kind === 'map' && value.entries.has('entry_points')) {
    record(
      { entry_points: components, ...shared, artifacts: dagArtifacts, type: typeIs('dag'), name: anything },
      { what: 'A dag', nulls: 'wrong' },
    )(value, path, report);
    return;
  }
  record(
    {
      ...shared,
      command: text,
      artifacts: stepArtifacts,
      env,
      docker_env: image,
      cache,
      reference,
      extra_fs: list(extraMount),
      type: typeIs('step'),
      name: anything,
    },
    { what: 'A step', nulls: 'absent' },
  )(value, path, report);
}
const components = mapOf((entry, path, report) => checkComponent(entry, path, report));
const templates = mapOf((entry, path, report) => {
  checkComponent(entry, path, report);
  const deps = entryOf(entry.value, 'deps');
  if (deps && textOf(deps.value)?.trim() !== '') report.error(deps.at, [...path, 'deps'], 'A template has no deps: what refers to it has');
});

const root = record(
  {
    name: text,
    entry_points: components,
    components: templates,
    docker_env: image,
    parallelism: integer,
    disabled: text,
    failure_options: record({ strategy: either('fail_fast', 'continue') }, { what: 'failure_options', ...inMap }),
    cache,
    post_process: components,
    fs_options: record({ main_fs: mainMount, extra_fs: list(extraMount) }, { what: 'fs_options', ...inMap }),
  },
  { what: 'A workflow', nulls: 'absent' },
);

/** Keys, types and names at every level (contract 7.1 to 7.4). */
export function checkStructure(value: Value, report: Report): void {
  if (value.kind !== 'map') return report.error(value.at, [], 'A workflow is a map with the keys name and entry_points');
  root(value, [], report);
  const entries = entryOf(value, 'entry_points');
  if (!entries) report.error(value.at, [], 'A workflow needs entry_points: its steps');
}
