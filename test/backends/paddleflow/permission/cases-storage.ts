import type { Bring } from './cases.ts';
import { id, type World } from './world.ts';

const cfs = (path: string) => ({ cfs: { address: 'host', path } });

/** Of alice; bobby has one of the same name, which must not go in its place. */
async function fileSystem({ make, root }: World, name: string): Promise<string> {
  for (const username of ['alice', 'bobby']) await make(root, '/fs', { name, url: `cfs://host/${username}/${name}`, username });
  return id('FileSystem', `fs-alice-${name}`);
}

export const storage: Readonly<Record<string, Bring>> = {
  'createFileSystem for alice': (_world, n) => ({
    input: { source: 'prod', name: `fs${n}`, ownerName: 'alice', storage: cfs(`/made/${n}`) },
    write: 'POST /fs',
  }),
  deleteFileSystem: async (world, n) => ({
    input: { id: await fileSystem(world, `fs${n}`) },
    write: `DELETE /fs/fs${n}?username=alice`,
  }),
  createLink: async (world, n) => ({
    input: { fileSystemId: await fileSystem(world, `fs${n}`), path: '/ext', storage: cfs(`/linked/${n}`) },
    write: 'POST /link',
  }),
  async deleteLink(world, n) {
    await fileSystem(world, `fs${n}`);
    for (const username of ['alice', 'bobby'])
      await world.make(world.root, '/link', { fsName: `fs${n}`, fsPath: '/ext', url: `cfs://host/linked/${username}/${n}`, username });
    return {
      input: { id: id('FileSystemLink', `fs-alice-fs${n}:/ext`) },
      write: `DELETE /link/fs${n}?fsPath=%2Fext&username=alice`,
    };
  },
};
