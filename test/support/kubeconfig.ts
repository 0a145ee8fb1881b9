/** What a cluster of type K3S needs to be made: the least that counts as a kubeconfig, in base64. */
export const kubeconfig = Buffer.from('apiVersion: v1\nkind: Config\nclusters: []\n').toString('base64');
