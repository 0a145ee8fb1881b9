import { YamlError } from './characters.ts';
import type { Token } from './tokens.ts';

const known: readonly (readonly [handle: string, prefix: string])[] = [
  ['!', '!'],
  ['!!', 'tag:yaml.org,2002:'],
];

/** What the short forms of tags stand for in a document. */
export class Tags {
  readonly #prefixes = new Map<string, string>();

  declare({ handle, prefix, start }: Extract<Token, { type: 'tag directive' }>): void {
    if (this.#prefixes.has(handle)) throw new YamlError('found duplicate %TAG directive', start.index);
    this.#prefixes.set(handle, prefix);
  }

  begin(): void {
    for (const [handle, prefix] of known) if (!this.#prefixes.has(handle)) this.#prefixes.set(handle, prefix);
  }

  end(): void {
    this.#prefixes.clear();
  }

  resolve({ handle, suffix, start }: Extract<Token, { type: 'tag' }>): string {
    if (handle === '') return suffix;
    const prefix = this.#prefixes.get(handle);
    const tag = prefix === undefined ? '' : prefix + suffix;
    if (tag === '') throw new YamlError('found undefined tag handle', start.index);
    return tag;
  }
}
