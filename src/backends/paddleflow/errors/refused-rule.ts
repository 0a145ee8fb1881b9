/** A name in a text of the backend: it is repeated, and so must be one. */
const name = String.raw`([\w.-]{1,128})`;

/**
 * Which rule a request breaks, as the backend says it (contract 12.2), and in our words. `<>` stands for a name, `…` for what is not repeated: a value,
 * or what the language of the server says.
 */
const rules: readonly (readonly [said: string, words: string])[] = [
  ['workflow has no attribute [<>]', 'a workflow has no key $1'],
  ['parse step[<>] failed, step has no attribute [<>]', '$1 is a step, which has no key $2'],
  ['parse dag[<>] failed, dag has no attribute [<>]', '$1 is a dag, which has no key $2'],
  ['[<>] of workflow should be <> type', '$1 of the workflow must be of type $2'],
  ['[<>] should be <> type', '$1 must be of type $2'],
  ['set [type] as [dag] in step', 'a step has the type dag'],
  ['get entry_points map failed', 'it has no entry_points'],
  ['format of component name[', 'a component has a name that is not allowed: letters, digits and "-", a letter first'],
  ['format of variable name[', 'a parameter has a name that is not allowed: letters, digits and "_", 50 at most, no digit first'],
  ['format of run or pipeline name[', 'the name is not allowed: letters, digits, "_" and "-", 128 at most, a letter or "_" first'],
  ['outputAtf name[<>] has already existed', 'the output $1 has the name of another artifact, or of a parameter'],
  ['component [<>] has an wrong dep [<>]', '$1 waits for $2, which is not beside it'],
  ['workflow is not acyclic', 'its components wait for each other in a circle'],
  ['is not supported for dict param[name: <>', 'the parameter $1 has a type that is not supported'],
  ['is not supported for param[<>]', 'the parameter $1 has a value of a type that is not supported'],
  ['invalid type[<>] for param[…]. expect type[<>]', 'a parameter of the type $2 has a value of the type $1'],
  ['check dict param failed', 'the type of a parameter is not supported'],
  ['param[<>] not exist', 'no component declares the parameter $1'],
  ['no parameter named [<>] in step [<>]', '$2 declares no parameter $1'],
  ['unsupported RefParamName[<>] for param', 'a template refers to $1, which it cannot refer to'],
  ['invalid reference param {{ <> }} in component[<>]: component[<>] not in deps', '$2 refers to $1 and does not wait for $3'],
  ['component [<>] refer [<>] invalid', '$1 refers to $2, which it cannot refer to'],
  ['cannot define artifact in component[<>]', '$1 has artifacts, and the workflow has no file system'],
  ['[read_only] in [main_fs] must be false', 'main_fs must not be read_only'],
  ["[sub_path] in [main_fs] should not start with '/'", 'sub_path of main_fs must not begin with "/"'],
  ['loopArgument can only be string or list type', 'a loop_argument must be a text or a list'],
  ['unmarshal to list failed', 'a loop_argument is no list in JSON'],
  ['only outer components can be refered, error: no component named <>', 'there is no template $1 to refer to'],
  ['disabled component[<>] not existed', 'there is no component $1 to switch off'],
  ['disabled component[<>] is refered by [<>]', '$1 is switched off, and $2 refers to it'],
  ['failure strategy should be [fail_fast] or [continue]', 'the strategy for failures must be fail_fast or continue'],
  ['image as tar file is not supported', 'an image file (.tar) is not accepted'],
  ['post_process can only has 1 step at most', 'post_process has more than one step'],
  ['step [<>] in post_process has deps', '$1 in post_process waits for others'],
  ['a step in post_process has name [<>]', '$1 is the name of a step in post_process and of one in entry_points'],
  ['condition[…] is invalid', 'a condition is no expression'],
  ['yaml: unmarshal errors:', 'a key stands twice in the same map of the YAML'],
  ['yaml: line <>:', 'line $1 of the YAML cannot be read'],
  ['can not get runYaml without fs', 'a file needs the file system that it is on'],
  ['check permission of user[<>] fsID[…] failed, err: record not found', '$1 has no such file system'],
  ['no such file or directory', 'there is no such file'],
  ['pplname[<>] in yaml not the same as [<>]', 'the name in the YAML is $1, and that of the pipeline is $2'],
  ['desc too long', 'the description is too long'],
  ['starttime[…] not after currentTime', 'the start lies in the past'],
  ['endtime[…] not after currentTime', 'the end lies in the past'],
  ['endtime[…] not after startTime', 'the end is not after the start'],
  ['concurrency should not be negative', 'the limit of runs at a time must not be negative'],
  ['expire interval should not be negative', 'the time after which it expires must not be negative'],
  ['check crontab failed', 'the crontab cannot be read'],
  ['quantities must match the regular expression', 'an amount is not written as amounts are'],
  ['cannot be negative', 'an amount is negative'],
  ['negative resources not permitted', 'an amount is negative'],
  ['maxResources less than minResources', 'the most is less than the least'],
  ['minResource cannot be larger than maxResource', 'the most is less than the least'],
];
const literal = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
const readers = rules.map(([said, words]) => {
  const parts = said.split(/(<>|…)/).map((part) => (part === '<>' ? name : part === '…' ? '[^]{0,2000}?' : literal(part)));
  return [new RegExp(parts.join('')), words] as const;
});

/** Undefined: it says nothing that is known. Nothing of it is repeated then. */
export function ruleIn(text: string): string | undefined {
  for (const [reader, words] of readers) {
    const found = reader.exec(text);
    if (found) return words.replaceAll(/\$(\d)/g, (_all, place: string) => found[Number(place)] ?? '');
  }
  return undefined;
}
