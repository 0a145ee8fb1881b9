import { checkParameter } from './parameter.ts';
import { cache, extraMount, mainMount } from './storage.ts';
import {
  both,
  checkName,
  either,
  integer,
  isNull,
  list,
  loneTemplateText,
  mapOf,
  record,
  text,
  textOrNumber,
  type Check,
} from './shape.ts';
import type { Report } from './issue.ts';
import { entryOf, textOf, type Entry, type Value } from './yaml.ts';

const anything: Check = () => {};
const inMap = { nulls: 'absent' } as const;

const parameters = mapOf((entry, path, report) => {
  checkName('parameter', entry, path, report);
  checkParameter(entry.value, path, report);
});
const env = mapOf((entry, path, report) => {
  checkName('parameter', entry, path, report);
  textOrNumber(entry.value, path, report);
});
const namesOnly = mapOf((entry, path, report) => {
  checkName('parameter', entry, path, report);
  if (!isNull(entry.value) && textOf(entry.value) !== '')
    report.error(entry.value.at, path, 'An output of a step is a name without a value');
});
const named =
  (value: Check): Check =>
  (map, path, report) =>
    mapOf((entry, inside, into) => {
      checkName('parameter', entry, inside, into);
      value(entry.value, inside, into);
    })(map, path, report);
const outputNames: Check = (value, path, report) => {
  if (value.kind === 'map') return namesOnly(value, path, report); // tolerated by the server, with empty values
  list((item, inside, into) => {
    text(item, inside, into);
    const name = textOf(item);
    if (name !== undefined) checkName('parameter', { name, at: item.at }, inside, into);
  })(value, path, report);
};

const image = both(text, (value, path, report) => {
  if (textOf(value)?.endsWith('.tar')) report.error(value.at, path, 'An image file (.tar) is not accepted');
});
/** Refused for the workflow as a whole (contract 7.1); nothing is said of a step's own. */
const ownImage = both(text, (value, path, report) => {
  if (textOf(value)?.endsWith('.tar'))
    report.warning(value.at, path, 'An image file (.tar) may be refused, as it is for the whole workflow');
});
const reference = both(record({ component: text }, { what: 'reference', ...inMap }), (value, path, report) => {
  if (!textOf(entryOf(value, 'component')?.value))
    report.warning(value.at, path, 'A reference without the name of a component may be refused');
});

const stepArtifacts = (input: Check) => record({ input: named(input), output: outputNames }, { what: 'artifacts', ...inMap });
const dagArtifacts = (input: Check) =>
  record(
    { input: named(input), output: named(loneTemplateText('one {{child.output}} of a component inside it')) },
    { what: 'artifacts', ...inMap },
  );

/** The inputs of a template are filled by who refers to it. */
const inputOf = (isTemplate: boolean): Check => (isTemplate ? text : loneTemplateText('one {{upstream.output}} or {{PF_PARENT.input}}'));

/** Contract 7.2 and 7.3. */
function checkComponent({ name, at, value }: Entry, path: readonly string[], report: Report, isTemplate = false): void {
  checkName('component', { name, at }, path, report);
  const shared = { deps: text, parameters, condition: text, loop_argument: anything };
  if (value.kind === 'map' && value.entries.has('entry_points')) {
    record(
      { entry_points: components, ...shared, artifacts: dagArtifacts(inputOf(isTemplate)), type: either('dag'), name: anything },
      { what: 'A dag', nulls: 'wrong' },
    )(value, path, report);
    return;
  }
  record(
    {
      ...shared,
      command: text,
      artifacts: stepArtifacts(inputOf(isTemplate)),
      env,
      docker_env: ownImage,
      cache,
      reference,
      extra_fs: list(extraMount),
      type: either('step'),
      name: anything,
    },
    { what: 'A step', nulls: 'absent' },
  )(value, path, report);
}
const components = mapOf((entry, path, report) => checkComponent(entry, path, report));
const templates = mapOf((entry, path, report) => {
  checkComponent(entry, path, report, true);
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
  else if (entries.value.kind === 'map' && entries.value.entries.size === 0)
    report.warning(entries.at, ['entry_points'], 'There is nothing to do: entry_points holds no step');
}
