/** A password may stand in the box of the user as well. */
const secretName = /password|secret|credential|token|accesskey|properties|username/i;

/**
 * graphql-js repeats a variable that does not fit, with all that stands beside the mistake: also the password. Where names suggest a secret, only
 * the place of the mistake and what is wrong with it are left.
 */
export function withoutSecrets(message: string): string {
  const [, variable] = /^Variable "\$(\w+)" got invalid value /.exec(message) ?? [];
  if (variable === undefined || !secretName.test(message)) return message;
  const [, place = variable] = / at "([^"]*)"; [^;]*$/.exec(message) ?? [];
  const reason = message.slice(message.lastIndexOf('; ') + 2);
  // Of a leaf the reason repeats the value, too.
  return `Variable "$${variable}" got an invalid value at "${place}"; ${secretName.test(place) ? reason.replace(/:.*$/s, '') : reason}`;
}
