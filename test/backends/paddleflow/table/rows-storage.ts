import { expect } from 'vitest';
import { happy, refused, type Row } from './row.ts';
import { id } from './world.ts';

const fileSystem = (key: string) => id('FileSystem', key);
const link = (path: string) => id('FileSystemLink', `fs-alice-data:${path}`);
const source = 'prod';
const cfs = (path: string) => ({ cfs: { address: 'h', path } });
const unreachable = { sftp: { address: 'far.invalid', path: '/x', user: 'u', password: 'p' } };

export const storageRows: readonly Row[] = [
  {
    call: 'add_fs / show_fs / list_fs / delete_fs',
    async steps({ make, pipeline, alice }) {
      await make('/fs', { name: 'used', url: 'local://mnt/used' }, alice);
      const yaml = 'name: on_used\ndocker_env: busybox\nfs_options: {main_fs: {name: used}}\nentry_points: {main: {command: echo}}\n';
      const pipelineID = await pipeline(yaml, alice);
      await make('/schedule', { name: 'keeps', pipelineID, pipelineVersionID: '1', crontab: '0 2 * * *' }, alice);
      const made = { source, name: 'made', ownerName: 'alice', storage: cfs('/made') };
      const post = { path: '/fs$', method: 'POST' };
      return [
        happy('CreateFileSystem', 'CreateFileSystemPayload', made),
        happy('CreateFileSystem', 'CreateFileSystemPayload', { source, name: 'hers', storage: cfs('/hers') }, { as: 'alice' }),
        refused('FileSystemNameFormatError', 'CreateFileSystem', 'InvalidInputProblem', { ...made, name: 'a b' }),
        refused('InvalidFileSystemParamsURL', 'CreateFileSystem', 'InvalidInputProblem', {
          ...made,
          name: 'other',
          storage: { url: { url: 'nfs://x/y' } },
        }),
        refused(
          'InvalidFileSystemParamsProperties',
          'CreateFileSystem',
          'InvalidInputProblem',
          { ...made, name: 'other' },
          {
            fault: { status: 400, code: 'InvalidFileSystemParamsProperties', ...post },
          },
        ),
        refused('DuplicatedName', 'CreateFileSystem', 'ConflictProblem', made),
        refused('ConnectivityFailed', 'CreateFileSystem', 'UpstreamRejectedProblem', { ...made, name: 'other', storage: unreachable }),
        refused('AuthIllegalUser', 'CreateFileSystem', 'ForbiddenProblem', { ...made, name: 'other' }, { as: 'bobby' }),
        refused(
          'FileSystemDataBaseError',
          'CreateFileSystem',
          'UpstreamRejectedProblem',
          { ...made, name: 'other' },
          {
            fault: { status: 500, code: 'FileSystemDataBaseError', ...post },
          },
        ),
        happy('FileSystems', 'FileSystemConnection', { source, filter: { ownerName: 'alice' } }),
        refused(
          'FileSystemDataBaseError',
          'FileSystems',
          'UPSTREAM_UNAVAILABLE',
          { source },
          {
            fault: { status: 500, code: 'FileSystemDataBaseError', path: '/fs' },
          },
        ),
        happy('FileSystemDetail', 'FileSystem', { id: fileSystem('fs-alice-made') }, { shows: { name: 'made', owner: { name: 'alice' } } }),
        refused('RecordNotFound', 'FileSystemDetail', 'null', { id: fileSystem('fs-alice-gone') }),
        refused('ActionNotAllowed', 'DeleteFileSystem', 'ConflictProblem', { id: fileSystem('fs-alice-used') }),
        refused('not their own', 'DeleteFileSystem', 'NotFoundProblem', { id: fileSystem('fs-alice-made') }, { as: 'bobby' }),
        happy('DeleteFileSystem', 'DeleteFileSystemPayload', { id: fileSystem('fs-alice-made') }),
        refused('RecordNotFound', 'DeleteFileSystem', 'NotFoundProblem', { id: fileSystem('fs-alice-made') }),
      ];
    },
  },
  {
    call: 'mount',
    async steps({ make, alice }) {
      await make('/fs', { name: 'tomount', url: 'cfs://h/tomount' }, alice);
      const given = { id: fileSystem('fs-alice-tomount'), path: '/mnt/data' };
      return [
        happy('MountCommand', 'FileSystem', given, { shows: { mountCommand: expect.stringContaining('--fs-id=fs-alice-tomount') } }),
        refused('an empty path', 'MountCommand', 'BAD_USER_INPUT', { ...given, path: '' }),
        refused('RecordNotFound', 'MountCommand', 'null', { ...given, id: fileSystem('fs-alice-gone') }),
      ];
    },
  },
  {
    call: 'add_link / delete_link / show_link / list_link',
    async steps({ make, alice, control }) {
      await make('/fs', { name: 'data', url: 'cfs://h/data' }, alice);
      await make('/fs', { name: 'disk', url: 'local://data/disk' }, alice);
      control.putFile('fs-alice-data', '/full/file', 'x');
      const made = { fileSystemId: fileSystem('fs-alice-data'), path: '/new', storage: cfs('/new') };
      const other = { ...made, path: '/other' };
      const faults = [
        ['InvalidLinkURL', 400, 'InvalidInputProblem'],
        ['InvalidLinkProperties', 400, 'InvalidInputProblem'],
        ['LinkFileSystemPathNotExist', 400, 'InvalidInputProblem'],
        ['FuseClientError', 500, 'UpstreamRejectedProblem'],
        ['LinkMetaPersistError', 400, 'UpstreamRejectedProblem'],
      ] as const;
      return [
        happy('CreateLink', 'CreateLinkPayload', made),
        refused('FileSystemNotExist, which means that there is one', 'CreateLink', 'ConflictProblem', made),
        refused('InvalidLinkURL for a nested one', 'CreateLink', 'InvalidInputProblem', { ...made, path: '/new/deeper' }),
        refused('LinkModelError for a missing file system', 'CreateLink', 'NotFoundProblem', {
          ...other,
          fileSystemId: fileSystem('fs-alice-gone'),
        }),
        refused('InvalidFileSystemFsName', 'CreateLink', 'InvalidInputProblem', { ...other, fileSystemId: fileSystem('fs-alice-disk') }),
        refused('LinkPathMustBeEmpty', 'CreateLink', 'ConflictProblem', { ...made, path: '/full', storage: cfs('/elsewhere') }),
        refused('ConnectivityFailed', 'CreateLink', 'UpstreamRejectedProblem', { ...other, storage: unreachable }),
        refused('not their own', 'CreateLink', 'ForbiddenProblem', other, { as: 'bobby' }),
        ...faults.map(([code, status, answer]) =>
          refused(code, 'CreateLink', answer, other, { fault: { code, status, path: '/link$', method: 'POST' } }),
        ),
        happy('FileSystemLink', 'FileSystem', { id: made.fileSystemId, path: '/new' }, { shows: { link: { type: 'cfs' } } }),
        refused(
          '500 record not found',
          'FileSystemLink',
          'FileSystem',
          { id: made.fileSystemId, path: '/gone' },
          { shows: { link: null } },
        ),
        happy('FileSystems', 'FileSystemConnection', { source, filter: { ownerName: 'alice' } }),
        refused('not their own', 'DeleteLink', 'NotFoundProblem', { id: link('/new') }, { as: 'bobby' }),
        happy('DeleteLink', 'DeleteLinkPayload', { id: link('/new') }),
        refused('LinkModelError for a missing one', 'DeleteLink', 'NotFoundProblem', { id: link('/new') }),
      ];
    },
  },
];
