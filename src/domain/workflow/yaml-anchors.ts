import { isAlias, isMap, isNode, isSeq, type Alias, type Node } from 'yaml';

/**
 * What every alias stands for: the last node before it that bears the anchor. Undefined: there is none. One walk for all of them: the
 * library's `alias.resolve` walks through the whole document for each.
 */
export function targetsOf(root: unknown): ReadonlyMap<Alias, Node | undefined> {
  const targets = new Map<Alias, Node | undefined>();
  const anchors = new Map<string, Node>();
  const visit = (node: unknown): void => {
    if (isAlias(node)) return void targets.set(node, anchors.get(node.source));
    if (isNode(node) && node.anchor !== undefined) anchors.set(node.anchor, node);
    if (isSeq(node)) node.items.forEach(visit);
    if (!isMap(node)) return;
    for (const { key, value } of node.items) {
      visit(key);
      visit(value);
    }
  };
  visit(root);
  return targets;
}
