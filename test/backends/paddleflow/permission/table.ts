/**
 * PaddleFlow's permission table (contract 6) for every mutation, with what the gateway adds to it. What a row is about belongs to alice, where it
 * belongs to anybody.
 *
 * By token the gateway acts as root: `boss` is an admin and may what root may, `ops` an operator and may what root may with the work of others,
 * `alice`, `bobby` and `carla` are viewers, the last without an account. Who has signed in acts as themselves.
 *
 * - yes: done, with this one write
 * - no: refused by the gateway, which has sent nothing
 * - look: refused after no more than a look at it, by the gateway, or by PaddleFlow who has signed in
 * - PF: the write was sent, and PaddleFlow has refused it
 */
const table = `
mutation               what                         refused as  boss  ops   alice  bobby  carla  nobody  session:root  session:alice  session:bobby

createUser             -                            Forbidden   yes   no    no     no     no     no      yes           PF             PF
deleteUser             -                            Forbidden   yes   no    no     no     no     no      yes           PF             PF
grantQueue             -                            Forbidden   yes   no    no     no     no     no      yes           PF             PF
revokeQueue            -                            Forbidden   yes   no    no     no     no     no      yes           PF             PF
createQueue            -                            Forbidden   yes   no    no     no     no     no      yes           PF             PF
updateQueue            -                            Forbidden   yes   no    no     no     no     no      yes           PF             PF
stopQueue              of an old server             Forbidden   yes   no    no     no     no     no      yes           PF             PF
deleteQueue            -                            Forbidden   yes   no    no     no     no     no      yes           PF             PF
createCluster          -                            Forbidden   yes   no    no     no     no     no      yes           PF             PF
updateCluster          -                            Forbidden   yes   no    no     no     no     no      yes           PF             PF
deleteCluster          -                            Forbidden   yes   no    no     no     no     no      yes           PF             PF
updateFlavour          -                            Forbidden   yes   no    no     no     no     no      yes           PF             PF
deleteFlavour          -                            Forbidden   yes   no    no     no     no     no      yes           PF             PF

createFlavour          -                            -           yes   yes   yes    yes    yes    no      yes           yes            yes
signIn                 -                            -           yes   yes   yes    yes    yes    yes     yes           yes            yes

changePassword         of alice                     Forbidden   yes   no    yes    no     no     no      yes           yes            PF
createFileSystem       for alice                    Forbidden   yes   yes   yes    no     no     no      yes           yes            PF
createLink             -                            Forbidden   yes   yes   yes    no     no     no      yes           yes            PF
deleteFileSystem       -                            NotFound    yes   yes   yes    no     no     no      yes           yes            look
deleteLink             -                            NotFound    yes   yes   yes    no     no     no      yes           yes            look
stopRun                -                            Forbidden   yes   yes   yes    look   look   no      yes           yes            PF
retryRun               -                            Forbidden   yes   yes   yes    look   look   no      yes           yes            PF
unblockRun             -                            Forbidden   yes   yes   yes    look   look   no      yes           yes            look
deleteRun              -                            Forbidden   yes   yes   yes    look   look   no      yes           yes            PF
deleteRunCache         -                            Forbidden   yes   yes   yes    look   look   no      yes           yes            PF
createPipelineVersion  -                            Forbidden   yes   yes   yes    look   look   no      yes           yes            PF
createPipelineVersion  with a file of bobby         Forbidden   yes   yes   no     look   no     no      yes           PF             PF
deletePipeline         -                            Forbidden   yes   yes   yes    look   look   no      yes           yes            PF
deletePipelineVersion  -                            Forbidden   yes   yes   yes    look   look   no      yes           yes            PF
stopSchedule           -                            Forbidden   yes   yes   yes    look   look   no      yes           yes            PF
deleteSchedule         -                            NotFound    yes   yes   yes    look   look   no      yes           yes            PF

createRun              of one's own                 Forbidden   yes   yes   no     no     no     no      yes           yes            yes
createRun              of a pipeline of alice       Forbidden   yes   yes   no     no     no     no      yes           yes            PF
createPipeline         of one's own                 Forbidden   yes   yes   no     no     no     no      yes           yes            yes
createPipeline         with a file of bobby         Forbidden   yes   yes   no     no     no     no      yes           PF             yes
createSchedule         of a pipeline of alice       Forbidden   yes   yes   no     no     no     no      yes           yes            PF
createSchedule         with file systems of bobby   Forbidden   yes   yes   no     no     no     no      yes           PF             PF
`;

const words = ['yes', 'no', 'look', 'PF'] as const;
export type Word = (typeof words)[number];

export interface Row {
  /** `createRun of one's own`, or the mutation alone. */
  readonly name: string;
  readonly mutation: string;
  readonly refusedAs: string;
  /** By caller: the name of a token, `nobody`, or `session:` and a user. */
  readonly cells: readonly (readonly [caller: string, word: Word])[];
}

const [[, , , ...callers] = [], ...lines] = table
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => line.split(/ {2,}/));

export const rows: readonly Row[] = lines.map(([mutation = '', what = '', refusedAs = '', ...cells]) => ({
  name: what === '-' ? mutation : `${mutation} ${what}`,
  mutation,
  refusedAs: `${refusedAs}Problem`,
  cells: callers.map((caller, index) => {
    const word = words.find((candidate) => candidate === cells[index]);
    if (word === undefined) throw new Error(`${mutation} by ${caller}: ${cells[index]} is no word of the table`);
    return [caller, word] as const;
  }),
}));
