import type { Mark } from './characters.ts';
import type { Cursor } from './cursor.ts';

/** What may turn out to be a key, when a colon follows on the same line and not too far away. */
interface SimpleKey {
  possible: boolean;
  /** It stands where nothing else can. */
  readonly required: boolean;
  /** Number of its token among all. */
  readonly token: number;
  readonly mark: Mark;
}

const longestKey = 1024;
const none = (): SimpleKey => ({ possible: false, required: false, token: -1, mark: { index: 0, line: 0, column: 0 } });

/** One for each level of brackets. */
export class SimpleKeys {
  readonly #levels: SimpleKey[] = [none()];
  readonly #byToken = new Map<number, SimpleKey>();

  /** Whether it must be waited for what follows, before the token can be given away. */
  mayBeKey(token: number, cursor: Cursor): boolean {
    const key = this.#byToken.get(token);
    return key !== undefined && this.#isValid(key, cursor);
  }

  save(cursor: Cursor, token: number): void {
    if (!cursor.keyAllowed) return;
    this.remove(cursor);
    const required = cursor.flowLevel === 0 && cursor.indent === cursor.mark.column;
    const key = { possible: true, required, token, mark: cursor.mark };
    this.#levels[this.#levels.length - 1] = key;
    this.#byToken.set(token, key);
  }

  /** The one of this level is none. */
  remove(cursor: Cursor): void {
    const key = this.#levels.at(-1);
    if (!key?.possible) return;
    if (key.required) cursor.fail("could not find expected ':'", key.mark);
    key.possible = false;
    this.#byToken.delete(key.token);
  }

  /** The one of this level is a key: a colon has been found. Undefined: there is none. */
  use(cursor: Cursor): SimpleKey | undefined {
    const key = this.#levels.at(-1);
    if (key === undefined || !this.#isValid(key, cursor)) return undefined;
    key.possible = false;
    this.#byToken.delete(key.token);
    return key;
  }

  enter(): void {
    this.#levels.push(none());
  }

  leave(): void {
    const key = this.#levels.pop();
    if (key) this.#byToken.delete(key.token);
  }

  #isValid(key: SimpleKey, cursor: Cursor): boolean {
    if (!key.possible) return false;
    const { mark } = cursor;
    if (key.mark.line >= mark.line && key.mark.index + longestKey >= mark.index) return true;
    if (key.required) cursor.fail("could not find expected ':'", key.mark);
    key.possible = false;
    return false;
  }
}
