import { evenly, inSequence, repeated, silence, type Output } from './output.ts';
import { unknownProgram } from './program.ts';
import { parseScript, type ForLoop, type Redirection, type Script, type SimpleCommand } from './script.ts';
import { UnknownSyntax } from './script-tokens.ts';
import { isUniform } from './uniform.ts';
import { escapes, formatted } from './echo.ts';
import { expand, expandAll, itemsOf, MAX_TEXT, sequence, type Items } from './words.ts';

/** What a builtin takes, in nanoseconds: a hundred thousand lines take two seconds. */
const BUILTIN_NS = 20_011;
const NS_PER_S = 1_000_000_000;
/** Nobody waits longer, and times stay numbers that can be written down: a thousand years, in nanoseconds. */
const FOR_EVER = 3e19;
/** A loop that must be walked round by round is given up after so many commands. */
const MAX_COMMANDS = 200_000;
/** The exit code of what was given up: as if it had been killed. */
const KILLED = 137;
/** Succeed without a word: there are no files that they could find missing. */
const SILENT = new Set(['true', ':', 'test', '[', 'cd', 'mkdir', 'touch', 'rm', 'cp', 'mv', 'chmod', 'set', 'unset']);

export interface CommandResult {
  readonly output: Output;
  readonly exitCode: number;
  /** What `echo` and `printf` have written into files, by their path. */
  readonly files: ReadonlyMap<string, string>;
  /** A program was run of which nobody knows what it writes where. */
  readonly unknown: boolean;
}

const NO_FILES: ReadonlyMap<string, string> = new Map();

/** Runs a step's command, all at once and without any time passing: the result tells what happens when. */
export function runCommand(command: string, env: Readonly<Record<string, string>>): CommandResult {
  const text = withoutWrapper(command.trim());
  if (text === '') return { output: silence(0), exitCode: 0, files: NO_FILES, unknown: false };
  const script = readScript(text);
  if (script === undefined) return { output: unknownProgram(text), exitCode: 0, files: NO_FILES, unknown: true };
  const shell = new Shell(new Map(Object.entries(env)));
  try {
    shell.run(script);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { output: silence(0), exitCode: KILLED, files: NO_FILES, unknown: false }; // a text or a nesting beyond all bounds
  }
  return { output: shell.output(), exitCode: shell.status, files: shell.files, unknown: shell.unknown };
}

/** A nesting too deep for us counts like everything else that this shell does not know. */
function readScript(text: string): Script | undefined {
  try {
    return parseScript(text);
  } catch (error) {
    if (error instanceof UnknownSyntax || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A leading `sh -c` or `bash -c` is stripped (7.11), and with it the quotes around the rest. */
function withoutWrapper(command: string): string {
  const rest = command.replace(/^(?:\/bin\/)?(?:sh|bash)\s+-c\s+/, '');
  if (rest === command) return command;
  const quoted = /^'([^']*)'$/.exec(rest)?.[1];
  if (quoted !== undefined) return quoted;
  const escaped = /^"((?:[^"\\]|\\.)*)"$/s.exec(rest)?.[1];
  return escaped === undefined ? rest : escaped.replaceAll(/\\(["\\])/g, '$1');
}

class Shell {
  status = 0;
  readonly files = new Map<string, string>();
  unknown = false;
  readonly #variables: Map<string, string>;
  readonly #parts: Output[] = [];
  /** Text without a newline so far. */
  #line = '';
  #ended = false;
  #commands = 0;
  #kept = 0;

  constructor(variables: Map<string, string>) {
    this.#variables = variables;
  }

  /** All that was written; what lacks its newline at the end is a line too. */
  output(): Output {
    if (this.#line !== '') this.#print('\n');
    return inSequence(this.#parts);
  }

  run(script: Script): void {
    for (const { when, command } of script.statements) {
      if (this.#ended) return;
      if ((when === 'success' && this.status !== 0) || (when === 'failure' && this.status === 0)) continue;
      this.#commands += 1;
      if (this.#commands > MAX_COMMANDS) return this.#exit(KILLED);
      if (command.kind === 'for') this.#loop(command);
      else this.#simple(command);
    }
  }

  #loop(loop: ForLoop): void {
    const items = itemsOf(loop.items, this.#variables);
    this.status = 0;
    if (this.#line === '' && isUniform(loop, items)) return this.#uniformLoop(loop, items);
    for (let index = 0; index < items.count && !this.#ended; index += 1) {
      this.#variables.set(loop.variable, items.at(index));
      this.run(loop.body);
    }
  }

  /** Every round writes as many lines at the same distances: only the texts are made, when somebody reads them. */
  #uniformLoop(loop: ForLoop, items: Items): void {
    if (items.count === 0) return;
    const before = new Map(this.#variables);
    const round = (index: number): Output => {
      const shell = new Shell(new Map(before).set(loop.variable, items.at(index)));
      shell.run(loop.body);
      return inSequence(shell.#parts);
    };
    this.#parts.push(repeated(items.count, round));
    this.#variables.set(loop.variable, items.at(items.count - 1));
  }

  #simple({ words, target, source }: SimpleCommand): void {
    const [name = '', ...args] = expandAll(words, this.#variables);
    const assignment = /^(?:export )?([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(name === 'export' ? `export ${args[0] ?? ''}` : name);
    const before = this.status;
    this.status = 0;
    if (assignment?.[1] !== undefined && (name === 'export' || args.length === 0)) {
      const value = assignment[2] ?? '';
      if (this.#takes(value)) this.#variables.set(assignment[1], value);
      return;
    }
    if (name === 'exit') return this.#exit(args[0] === undefined ? before : Number(args[0]) & 255);
    if (name === 'false') this.status = 1;
    else if (name === 'sleep') this.#parts.push(silence(nanosecondsOf(args[0])));
    else if (name !== '' && name !== 'export' && !SILENT.has(name)) this.#write(name, args, target, source);
  }

  #write(name: string, args: readonly string[], target: Redirection | undefined, source: string): void {
    if (name === 'echo' || name === 'printf') {
      const text = name === 'echo' ? echo(args) : formatted(args);
      if (target === undefined) this.#print(text);
      else this.#store(text, target);
      return;
    }
    const numbers = name === 'seq' ? sequence(args) : undefined;
    this.unknown ||= numbers === undefined;
    const output = numbers === undefined ? unknownProgram(source) : evenly(numbers.count, BUILTIN_NS, numbers.at);
    if (this.#line !== '') this.#print('\n');
    this.#parts.push(target === undefined ? output : silence(output.duration));
  }

  #store(text: string, { file, append }: Redirection): void {
    this.#parts.push(silence(BUILTIN_NS));
    const path = expand(file, this.#variables).join(' ');
    if (this.#takes(text)) this.files.set(path, append ? (this.files.get(path) ?? '') + text : text);
  }

  #print(text: string): void {
    if (!this.#takes(text)) return;
    if (!text.includes('\n')) {
      this.#line += text; // not looked through again for each piece
      this.#parts.push(silence(BUILTIN_NS));
      return;
    }
    const lines = (this.#line + text).split('\n');
    this.#line = lines.pop() ?? '';
    this.#parts.push(evenly(lines.length, BUILTIN_NS, (index) => lines[index] ?? ''));
  }

  #takes(text: string): boolean {
    this.#kept += text.length;
    if (this.#kept <= MAX_TEXT) return true;
    this.#exit(KILLED);
    return false;
  }

  #exit(status: number): void {
    this.status = status;
    this.#ended = true;
  }
}

/** `echo` with its flags: no newline at the end, escapes understood. */
function echo(args: readonly string[]): string {
  const first = args.findIndex((arg) => !/^-[neE]+$/.test(arg));
  const flags = args.slice(0, first < 0 ? args.length : first).join('');
  const text = (first < 0 ? [] : args.slice(first)).join(' ');
  return (flags.includes('e') ? escapes(text) : text) + (flags.includes('n') ? '' : '\n');
}

/** `sleep 1.5`, `sleep 2m`. */
function nanosecondsOf(text = '0'): number {
  const [, number = '0', unit = ''] = /^(\d*\.?\d+)([smhd]?)$/.exec(text) ?? [];
  const seconds = Number(number) * ({ m: 60, h: 3600, d: 86_400 }[unit] ?? 1);
  return Math.min(Math.round(seconds * NS_PER_S), FOR_EVER);
}
