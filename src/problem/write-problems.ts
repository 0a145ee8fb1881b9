import {
  ConflictProblem,
  ForbiddenProblem,
  InvalidInputProblem,
  NotFoundProblem,
  UnconfirmedProblem,
  UpstreamRejectedProblem,
} from './problem.ts';

/** What nearly every write to a backend may end in. Add to it what a mutation has besides. */
export const writeProblems = [
  NotFoundProblem,
  ForbiddenProblem,
  ConflictProblem,
  InvalidInputProblem,
  UpstreamRejectedProblem,
  UnconfirmedProblem,
];
