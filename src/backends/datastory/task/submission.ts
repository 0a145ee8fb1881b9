import { isMap } from '../../../core/exact-number.ts';
import { InvalidCallError } from '../../../upstream/errors.ts';
import type { AlgorithmConfig, DataStorySourceConfig } from '../config.ts';
import type { WireSubmission } from '../wire/wire.ts';
import { readEmail } from './email.ts';
import { readLocation, type LocationInput, type StorageLocation } from './location.ts';

/** As a caller asks for it. */
export interface SubmissionInput {
  readonly algorithm: string;
  readonly input: LocationInput;
  readonly output: LocationInput;
  readonly email?: string | undefined;
  readonly parameters?: unknown;
}

export interface ReadSubmission {
  readonly algorithm: AlgorithmConfig;
  /** What is sent, with secrets and the whole address. */
  readonly wire: WireSubmission;
  readonly input: StorageLocation;
  readonly output: StorageLocation;
  readonly email: string;
  readonly parameters: Readonly<Record<string, unknown>> | null;
}

/** Of a JSON text: these are kept with the task, and shown. */
const mostParameterBytes = 65_536;

/** A submission in the platform's terms. Throws an `InvalidCallError` that names the field of the input at fault, before anything is sent. */
export function readSubmission(asked: SubmissionInput, config: DataStorySourceConfig): ReadSubmission {
  const algorithm = config.algorithms.find(({ name }) => name === asked.algorithm);
  if (algorithm === undefined)
    throw new InvalidCallError('algorithm', `is none of those of ${config.name}: ${config.algorithms.map(({ name }) => name).join(', ')}`);
  const from = readLocation(asked.input, 'input', config);
  const to = readLocation(asked.output, 'output', config);
  const email = readEmail(asked.email, config);
  const parameters = readParameters(asked.parameters);
  const own = {
    inputFileSystemInfo: { ...from.wire, inputPath: from.wirePath },
    outputFileSystemInfo: { ...to.wire, outputPath: to.wirePath },
    [config.emailKey]: email,
  };
  // Its own keys last: nothing that a caller names takes the place of a checked one.
  const wire = { ...placed(parameters, algorithm, Object.keys(own)), ...own };
  return { algorithm, wire, input: from.location, output: to.location, email, parameters };
}

function readParameters(given: unknown): Readonly<Record<string, unknown>> | null {
  if (given === undefined || given === null) return null;
  if (!isMap(given)) throw new InvalidCallError('parameters', 'must be an object of names and values');
  if (Buffer.byteLength(JSON.stringify(given)) > mostParameterBytes)
    throw new InvalidCallError('parameters', `must not have more than ${mostParameterBytes} bytes`);
  return Object.keys(given).length === 0 ? null : given;
}

/** Where they go (contract 4.1). */
function placed(parameters: Readonly<Record<string, unknown>> | null, algorithm: AlgorithmConfig, taken: readonly string[]): object {
  const { name, paramsMode, paramsKey } = algorithm;
  if (parameters === null) return {};
  if (paramsMode === 'none') throw new InvalidCallError('parameters', `cannot be given: ${name} takes none`);
  if (paramsMode === 'nested') return { [paramsKey]: parameters };
  const clash = taken.find((key) => Object.hasOwn(parameters, key));
  if (clash !== undefined)
    throw new InvalidCallError('parameters', `must not have the name ${clash}, which is a key of the submission itself`);
  return parameters;
}
