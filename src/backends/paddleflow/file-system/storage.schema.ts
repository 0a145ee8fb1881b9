import { builder } from '../../../graphql/builder.ts';
import { NameValueInput } from '../../../graphql/name-value.ts';

const text = {
  address: 'Host, with its port where it needs one: `10.0.0.5:9000`.',
  path: 'Directory there that counts as the top, absolute.',
  bucket: 'Name of the bucket.',
  endpoint: 'URL of the service, without a user or a password.',
  secret: 'The secret can be written only: no query shows it.',
};

const S3 = builder.inputType('S3StorageInput', {
  description: 'A bucket of S3, or of a service that speaks like it.',
  fields: (t) => ({
    bucket: t.string({ description: text.bucket }),
    path: t.string({ defaultValue: '/', description: text.path }),
    endpoint: t.string({ description: text.endpoint }),
    region: t.string({ required: false, description: 'Left out: none.' }),
    accessKey: t.string({ description: text.secret }),
    secretKey: t.string({ description: text.secret }),
  }),
});
const Bos = builder.inputType('BosStorageInput', {
  description: 'A bucket of Baidu Object Storage.',
  fields: (t) => ({
    bucket: t.string({ description: text.bucket }),
    path: t.string({ defaultValue: '/', description: text.path }),
    endpoint: t.string({ description: text.endpoint }),
    region: t.string({ required: false, description: 'Left out: `bj`.' }),
    accessKey: t.string({ description: text.secret }),
    secretKey: t.string({ description: text.secret }),
    sts: t.boolean({ defaultValue: false, description: 'Hand out keys that expire.' }),
    durationSeconds: t.int({
      required: false,
      description: 'Life of the keys that are handed out, 60 to 129600; left out: 43200. With `sts` only.',
    }),
  }),
});
const Hdfs = builder.inputType('HdfsStorageInput', {
  description: 'A directory of HDFS; with a user and a group, or with Kerberos.',
  fields: (t) => ({
    address: t.string({ description: 'Host and port of the name node, or several, with commas.' }),
    path: t.string({ description: text.path }),
    user: t.string({ required: false, description: 'Needed without Kerberos.' }),
    group: t.string({ required: false, description: 'Needed without Kerberos.' }),
    kerberos: t.field({
      type: [NameValueInput],
      required: false,
      description: `The properties that the backend calls \`kerberos.*\`, without that beginning: \`principal\`, \`keyTabData\`, … ${text.secret}`,
    }),
  }),
});
const Sftp = builder.inputType('SftpStorageInput', {
  description: 'A directory over SFTP.',
  fields: (t) => ({
    address: t.string({ description: text.address }),
    path: t.string({ description: text.path }),
    user: t.string({ description: 'Name of the account there; it is shown.' }),
    password: t.string({ description: text.secret }),
  }),
});
const Cfs = builder.inputType('CfsStorageInput', {
  description: 'A directory of Baidu Cloud File Storage.',
  fields: (t) => ({ address: t.string({ description: text.address }), path: t.string({ description: text.path }) }),
});
const Afs = builder.inputType('AfsStorageInput', {
  description: 'A directory of AFS.',
  fields: (t) => ({
    address: t.string({ description: text.address }),
    path: t.string({ defaultValue: '/', description: text.path }),
    username: t.string({ description: 'Name of the account there; it is shown.' }),
    password: t.string({ description: text.secret }),
  }),
});
const GlusterFs = builder.inputType('GlusterFsStorageInput', {
  description: 'A volume of GlusterFS.',
  fields: (t) => ({
    address: t.string({ description: 'Host, without a port.' }),
    volume: t.string({ description: 'Name of the volume.' }),
  }),
});
const Local = builder.inputType('LocalStorageInput', {
  description: 'A directory of the machines themselves.',
  fields: (t) => ({ path: t.string({ description: 'Absolute; neither `/` nor below `/root`.' }) }),
});
const Mock = builder.inputType('MockStorageInput', {
  description: 'A volume claim of Kubernetes.',
  fields: (t) => ({
    pvc: t.string({ description: 'Name of the claim.' }),
    namespace: t.string({ description: 'Namespace of the claim.' }),
    path: t.string({ description: 'Absolute; the top itself cannot be told.' }),
  }),
});
const Url = builder.inputType('UrlStorageInput', {
  description: "Storage in the backend's own terms, for what the others do not cover.",
  fields: (t) => ({
    url: t.string({ description: 'Such as `s3://bucket/path`; without a user or a password.' }),
    properties: t.field({ type: [NameValueInput], required: false, description: `As the kind of storage needs them. ${text.secret}` }),
  }),
});

export const FileSystemStorageInput = builder.inputType('FileSystemStorageInput', {
  isOneOf: true,
  description: 'Where a file system lies: exactly one of these.',
  fields: (t) => ({
    s3: t.field({ type: S3, required: false, description: 'S3 and the like.' }),
    bos: t.field({ type: Bos, required: false, description: 'Baidu Object Storage.' }),
    hdfs: t.field({ type: Hdfs, required: false, description: 'A directory of a Hadoop cluster.' }),
    sftp: t.field({ type: Sftp, required: false, description: 'A directory of a machine that is reached over SSH.' }),
    local: t.field({ type: Local, required: false, description: 'A directory of the machines themselves.' }),
    cfs: t.field({ type: Cfs, required: false, description: 'Cloud File Storage.' }),
    glusterfs: t.field({ type: GlusterFs, required: false, description: 'A volume of a Gluster cluster.' }),
    afs: t.field({ type: Afs, required: false, description: 'A directory of the file system that Baidu calls AFS.' }),
    mock: t.field({ type: Mock, required: false, description: 'A volume claim.' }),
    url: t.field({ type: Url, required: false, description: 'Anything else, as a URL with properties.' }),
  }),
});

export const LinkStorageInput = builder.inputType('LinkStorageInput', {
  isOneOf: true,
  description: 'What a link leads to: exactly one of these.',
  fields: (t) => ({
    s3: t.field({ type: S3, required: false, description: 'S3 and the like.' }),
    hdfs: t.field({ type: Hdfs, required: false, description: 'A directory of a Hadoop cluster.' }),
    sftp: t.field({ type: Sftp, required: false, description: 'A directory of a machine that is reached over SSH.' }),
    local: t.field({ type: Local, required: false, description: 'A directory of the machines themselves.' }),
    cfs: t.field({ type: Cfs, required: false, description: 'Cloud File Storage.' }),
    url: t.field({ type: Url, required: false, description: 'Storage of one of these kinds, as a URL with properties.' }),
  }),
});
