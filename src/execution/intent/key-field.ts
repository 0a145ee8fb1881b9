/** Of the input of every mutation that makes something: `idempotencyKey: t.string(idempotencyKey)`. */
export const idempotencyKey = {
  required: false,
  description:
    'Any text of yours, at most 255 characters, unique per viewer over all mutations. The same key always leads to the same thing, also after a lost answer: asked again, it is looked for, and made once it is certain that it was not. What was refused may be corrected under the same key; otherwise other input is a `ConflictProblem`, but passwords, credentials and other secrets of the input are not compared, as not even their hash is kept. Left out: it is sent once, and after a lost answer only a look tells what came of it.',
} as const;
