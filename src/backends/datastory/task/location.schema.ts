import { builder } from '../../../graphql/builder.ts';
import { InvalidInputProblem } from '../../../problem/problem.ts';
import { uriOf, type LocationInput, type StorageLocation } from './location.ts';

export const StorageKind = builder.enumType('StorageKind', {
  description: 'A kind of file system that a DataStory platform reads and writes.',
  values: {
    HDFS: { description: 'Hadoop: paths begin with `/`.' },
    CEPH: { description: 'Ceph object storage: paths are `bucket#key`.' },
  },
} as const);

export const StorageLocationRef = builder.objectRef<StorageLocation>('StorageLocation').implement({
  description: 'Where files lie. Keys and passwords are not among it: they can be written only.',
  fields: (t) => ({
    kind: t.expose('kind', { type: StorageKind, description: 'What kind of file system it is.' }),
    profile: t.exposeString('profile', {
      nullable: true,
      description: 'The storage profile that was named. Null: it was given by value.',
    }),
    host: t.exposeString('host', { description: 'Host name of the file system; on HDFS, of the HTTP service of its NameNode.' }),
    port: t.exposeString('port', { description: 'The port, as a text.' }),
    spareHost: t.exposeString('spareHost', {
      nullable: true,
      description: 'Host name of the SecondaryNameNode. Null: none was given, or CEPH.',
    }),
    userName: t.exposeString('userName', { nullable: true, description: 'Owner of the files on HDFS. Null on CEPH, where it is a key.' }),
    bucket: t.exposeString('bucket', { nullable: true, description: 'Bucket on CEPH. Null on HDFS.' }),
    path: t.exposeString('path', { description: 'Path there: of a file or a folder for the input, of a folder for the output.' }),
    uri: t.string({
      description: 'The same in one text: `hdfs://host:port/path` or `bucket#path`, as the platform has it.',
      resolve: uriOf,
    }),
  }),
});

const HdfsLocationInput = builder.inputType('HdfsLocationInput', {
  description: 'A path on HDFS, with everything that is needed to reach it. Its hosts must be allowed by the configuration.',
  fields: (t) => ({
    host: t.string({ description: 'Host name of the HTTP service of the NameNode, without scheme or port.' }),
    port: t.string({ description: 'The port, as a text: `9870`.' }),
    spareHost: t.string({ required: false, description: 'Host name of the SecondaryNameNode. Left out: there is none.' }),
    userName: t.string({ description: 'User who owns the files.' }),
    path: t.string({ description: 'Begins with `/`.' }),
  }),
});
const CephLocationInput = builder.inputType('CephLocationInput', {
  description: 'A key of a bucket on CEPH, with everything that is needed to reach it. Its host must be allowed by the configuration.',
  fields: (t) => ({
    host: t.string({ description: 'Host name, without scheme or port.' }),
    port: t.string({ description: 'The port, as a text: `7480`.' }),
    accessKey: t.string({ description: 'Access key of the bucket. It is sent to the platform, and neither kept nor shown.' }),
    secretKey: t.string({ description: 'Secret key of the bucket. It is sent to the platform, and neither kept nor shown.' }),
    path: t.string({ description: '`bucket#key`; the first `#` is the split.' }),
  }),
});
const ProfileLocationInput = builder.inputType('ProfileLocationInput', {
  description: 'A path on a file system that the gateway knows.',
  fields: (t) => ({
    name: t.string({ description: 'Name of the storage profile, see `DataStorySource.storageProfiles`.' }),
    path: t.string({ description: 'On HDFS it begins with `/`, on CEPH it is `bucket#key`.' }),
  }),
});
export const StorageLocationInput = builder.inputType('StorageLocationInput', {
  isOneOf: true,
  description: 'Where files lie: exactly one of these.',
  fields: (t) => ({
    profile: t.field({
      type: ProfileLocationInput,
      required: false,
      description: 'On a file system that the gateway knows: no secrets needed.',
    }),
    hdfs: t.field({ type: HdfsLocationInput, required: false, description: 'On HDFS, by value.' }),
    ceph: t.field({ type: CephLocationInput, required: false, description: 'On CEPH, by value.' }),
  }),
});

/** GraphQL has seen to it that one is given. */
export function readLocationInput({ profile, hdfs, ceph }: typeof StorageLocationInput.$inferInput, field: string): LocationInput {
  if (profile) return { profile: profile.name, path: profile.path };
  if (hdfs) return { hdfs: { ...hdfs, spareHost: hdfs.spareHost ?? undefined } };
  if (ceph) return { ceph };
  throw new InvalidInputProblem('must be one of profile, hdfs and ceph', field);
}
