import { passwordOf } from '../accounts.ts';
import { happy, refused, type Row } from './row.ts';
import { id } from './world.ts';

const user = (name: string) => id('User', name);
const queue = (name: string) => id('Queue', name);

export const accountRows: readonly Row[] = [
  {
    call: 'login',
    steps() {
      const alice = { source: 'prod', username: 'alice', password: passwordOf('alice') };
      return [
        happy('SignIn', 'SignInPayload', alice),
        refused('UserNotExist', 'SignIn', 'InvalidCredentialsProblem', { ...alice, username: 'nobody' }),
        refused('AuthFailed', 'SignIn', 'InvalidCredentialsProblem', { ...alice, password: 'wrong-1' }),
        refused('a name that skips authentication', 'SignIn', 'InvalidInputProblem', { ...alice, username: 'superlogin' }),
        refused('no such source', 'SignIn', 'NotFoundProblem', { ...alice, source: 'nope' }),
        ...Array.from({ length: 5 }, () => refused('AuthFailed', 'SignIn', 'InvalidCredentialsProblem', { ...alice, username: 'guessed' })),
        refused('too many attempts', 'SignIn', 'RateLimitedProblem', { ...alice, username: 'guessed' }),
      ];
    },
  },
  {
    call: 'add_user / del_user / update_password / list_user',
    steps() {
      const carol = { source: 'prod', username: 'carol', password: passwordOf('carol') };
      const password = 'changed-1';
      return [
        happy('CreateUser', 'CreateUserPayload', carol),
        refused('InvalidNamePattern', 'CreateUser', 'InvalidInputProblem', { ...carol, username: 'x' }),
        refused('UserPasswordWeak', 'CreateUser', 'InvalidInputProblem', { ...carol, username: 'david', password: 'weak' }),
        refused('UserNameDuplicated', 'CreateUser', 'ConflictProblem', carol),
        refused('OnlyRootAllowed', 'CreateUser', 'ForbiddenProblem', { ...carol, username: 'david' }, { as: 'alice' }),
        happy('Users', 'UserConnection', { source: 'prod' }),
        refused('AccessDenied', 'Users', 'FORBIDDEN', { source: 'prod' }, { as: 'alice' }),
        happy('UserDetail', 'User', { id: user('carol') }, { shows: { name: 'carol' } }),
        refused('no such user', 'UserDetail', 'null', { id: user('ghost') }),
        happy('ChangePassword', 'ChangePasswordPayload', { id: user('carol'), password }),
        refused('UserPasswordWeak', 'ChangePassword', 'InvalidInputProblem', { id: user('carol'), password: 'weak' }),
        refused('UserNotExist', 'ChangePassword', 'NotFoundProblem', { id: user('ghost'), password }),
        refused('AccessDenied', 'ChangePassword', 'ForbiddenProblem', { id: user('carol'), password }, { as: 'alice' }),
        refused('AccessDenied', 'DeleteUser', 'ForbiddenProblem', { id: user('root') }),
        refused('AccessDenied', 'DeleteUser', 'ForbiddenProblem', { id: user('carol') }, { as: 'alice' }),
        happy('DeleteUser', 'DeleteUserPayload', { id: user('carol') }),
        refused('UserNotExist', 'DeleteUser', 'NotFoundProblem', { id: user('carol') }),
      ];
    },
  },
  {
    call: 'grant_queue / ungrant_queue / show_queue_grant',
    steps() {
      const grant = { userId: user('bobby'), queueId: queue('infer') };
      return [
        happy('GrantQueue', 'GrantQueuePayload', grant),
        refused('GrantAlreadyExist', 'GrantQueue', 'ConflictProblem', grant),
        refused('GrantRootActionNotSupport', 'GrantQueue', 'InvalidInputProblem', { ...grant, userId: user('root') }),
        refused('QueueNameNotFound', 'GrantQueue', 'NotFoundProblem', { ...grant, queueId: queue('gone') }),
        refused('UserNotExist', 'GrantQueue', 'NotFoundProblem', { ...grant, userId: user('ghost') }),
        refused('OnlyRootAllowed', 'GrantQueue', 'ForbiddenProblem', grant, { as: 'alice' }),
        happy('QueueGrants', 'QueueGrantConnection', { userId: grant.userId }, { shows: { nodes: [{ queue: { name: 'infer' } }] } }),
        refused('OnlyRootAllowed', 'QueueGrants', 'FORBIDDEN', { userId: grant.userId }, { as: 'alice' }),
        happy('QueueDetail', 'Queue', { id: grant.queueId }, { shows: { grants: { nodes: [{ user: { name: 'bobby' } }] } } }),
        happy('RevokeQueue', 'RevokeQueuePayload', grant),
        refused('GrantNotFound', 'RevokeQueue', 'NotFoundProblem', grant),
        refused('GrantRootActionNotSupport', 'RevokeQueue', 'InvalidInputProblem', { ...grant, userId: user('root') }),
        refused('QueueNameNotFound', 'RevokeQueue', 'NotFoundProblem', { ...grant, queueId: queue('gone') }),
        refused('UserNotExist', 'RevokeQueue', 'NotFoundProblem', { ...grant, userId: user('ghost') }),
        refused('OnlyRootAllowed', 'RevokeQueue', 'ForbiddenProblem', grant, { as: 'alice' }),
      ];
    },
  },
];
