const pattern = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

const form =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric " +
  "character (regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

/** What Kubernetes has against a name, in its words; undefined: nothing. */
export function flawOfLabel(name: string): string | undefined {
  const flaws = [...(name.length > 63 ? ['must be no more than 63 characters'] : []), ...(pattern.test(name) ? [] : [form])];
  return flaws.length === 0 ? undefined : flaws.join(',');
}
