import type { Node } from './nodes.ts';

/** Keys that a second, stricter reader finds twice in one map, in its words. It compares texts, before anything is made of them. */
export function duplicateKeys(root: Node): string[] {
  const found: string[] = [];
  const seen = new Set<Node>();
  const walk = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.kind === 'alias') walk(node.target);
    if (node.kind === 'sequence') for (const item of node.items) walk(item);
    if (node.kind !== 'mapping') return;
    const lines = new Map<string, number>();
    for (const [key] of node.entries) {
      if (key.kind !== 'scalar') continue;
      const first = lines.get(key.text);
      if (first === undefined) lines.set(key.text, key.line + 1);
      else found.push(`line ${key.line + 1}: mapping key ${JSON.stringify(key.text)} already defined at line ${first}`);
    }
    for (const [key, value] of node.entries) {
      walk(key);
      walk(value);
    }
  };
  walk(root);
  return found;
}
