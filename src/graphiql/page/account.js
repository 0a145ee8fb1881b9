// Who asks: one token for all tabs, typed in or got by signing in.
//
// It is kept in `sessionStorage`: it survives a reload, and is gone with the browser's tab. In `localStorage` it would lie on the disk of
// a shared machine until somebody thinks of it, and in every other window too; a token may well be an admin's.

import { gateway, graphUrl } from './settings.js';

const KEY = 'tributary:token';

export const token = () => sessionStorage.getItem(KEY) ?? '';

/** Anew with another token: GraphiQL then has all tabs as they were, and what is shown is what this viewer may see. */
function become(next) {
  if (next === '') sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, next);
  location.reload();
}

/** An `authorization` among the headers of a tab is for that tab, and goes before. */
export function withToken(headers) {
  const given = Object.keys(headers).some((name) => name.toLowerCase() === 'authorization');
  return given || token() === '' ? headers : { ...headers, authorization: `Bearer ${token()}` };
}

/** A question of the page itself. Undefined when there is no answer to it, whatever the reason. */
export async function ask(query, variables = {}) {
  try {
    const response = await fetch(graphUrl, {
      method: 'POST',
      headers: withToken({ 'content-type': 'application/json', accept: 'application/json' }),
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(5000),
    });
    return (await response.json()).data ?? undefined;
  } catch {
    return undefined;
  }
}

/** Nobody is known in a gateway with tokens who has none: a question would only be refused. */
export const isKnown = () => gateway !== null && (gateway.mode === 'open' || token() !== '');

const element = (id) => document.getElementById(id);
const say = (text) => {
  element('account-says').textContent = text;
};

async function tellWho() {
  if (!isKnown()) return say(gateway.signIn.length > 0 ? 'Give a token, or sign in.' : 'Give a token.');
  const viewer = (await ask('{ viewer { name role sourceName } }'))?.viewer;
  if (viewer === undefined) return say(token() === '' ? 'The gateway does not answer.' : 'This token is not accepted.');
  say(`${viewer.name}, ${viewer.role.toLowerCase()}${viewer.sourceName ? ` on ${viewer.sourceName}` : ''}`);
}

async function signIn(form) {
  const input = Object.fromEntries(new FormData(form));
  const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { ... on SignInPayload { token } ... on Problem { message } } }';
  const answer = (await ask(query, { input }))?.signIn;
  if (answer?.token) return become(answer.token);
  form.elements.password.value = '';
  say(answer?.message ?? 'The gateway does not answer.');
}

/** Brings the bar to life; without viewers there is none. */
export function startAccount() {
  if (gateway === null) return;
  const form = element('token-form');
  form.elements.token.value = token();
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    become(form.elements.token.value.trim().replace(/^Bearer\s+/i, ''));
  });
  element('forget').hidden = token() === '';
  element('forget').addEventListener('click', () => become(''));
  element('sign-in')?.addEventListener('submit', (event) => {
    event.preventDefault();
    signIn(event.target);
  });
  tellWho();
}
