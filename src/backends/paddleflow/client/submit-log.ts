import { redact } from '../../../redact/redact.ts';

/** Lines the server writes about a run or a job that say nothing but this (contract 2.13). */
const harmless: readonly RegExp[] = [
  'retrieve source and runYaml',
  'run yaml and req to wfs',
  String.raw`check name reg pattern: [\w-]{1,128}`,
  'encode run',
  'validate and init workflow',
  'create run in db(?: success)?',
  'start workflow with image url',
  'create run complete',
  'prepare k3s storage',
  'submit k3s job',
  String.raw`k3s only support single job\.`,
  String.raw`current submit job type: \w{1,32}, job framework: \w{1,32}`,
  String.raw`submit k3s job\[job-run-\d{1,12}-[\w.-]{1,200}\] success`,
  String.raw`submit job to cluster successfully\.`,
].map((text) => new RegExp(`^${text}$`));

/** When, how grave, about which run or job. */
const beginning = /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{1,9}\] /;
const head = /^(\[[\d .:-]+\] \[[A-Z]{4,5}\] (?:run-\d{1,12}|job-run-\d{1,12}-[\w.-]{1,200}))(?: ([^]*))?$/;
const withheld = '(withheld)';
/** A run of a hundred steps has about a thousand. */
const mostEntries = 10_000;

/**
 * What the server wrote while it submitted a run, without what is nobody's business: on some clusters it prints the whole cluster there, with its
 * credential, and it dumps requests with their environments. So only entries on the contract's list are passed on. Of every other one is told that there
 * was one, when, and about what. A list of what is forbidden would miss what the next kind of cluster dumps.
 */
export function harmlessSubmitLog(submitLog: string): string {
  if (submitLog === '') return '';
  const entries: string[] = [];
  // Only a line that begins with a time begins an entry; dumps span lines.
  for (const line of submitLog.replace(/\r?\n$/, '').split('\n')) {
    if (beginning.test(line) || entries.length === 0) {
      if (entries.length === mostEntries) break;
      entries.push(line);
    } else if (!entries.at(-1)?.endsWith('\n')) {
      // What follows does not matter: an entry of several lines is on no list.
      entries[entries.length - 1] += '\n';
    }
  }
  return entries.map((entry) => `${told(entry)}\n`).join('');
}

function told(entry: string): string {
  const [, about, text] = head.exec(entry) ?? [];
  if (about === undefined) return withheld;
  return text !== undefined && harmless.some((pattern) => pattern.test(text)) ? redact(`${about} ${text}`) : `${about} ${withheld}`;
}
