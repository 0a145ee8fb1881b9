import { GraphQLError, Kind } from 'graphql';
import type { ASTVisitor, SelectionNode, SelectionSetNode, ValidationContext } from 'graphql';

/**
 * `@skip` and `@include` have no place at the root of a subscription: without its only field there is nothing to subscribe to, which graphql-js notices
 * no earlier than when it begins. The specification forbids them whatever their values are, also on fragments and within them.
 */
export function UnconditionalSubscriptionsRule(context: ValidationContext): ASTVisitor {
  const seen = new Set<SelectionSetNode>();

  function check({ kind, directives = [] }: SelectionNode): void {
    for (const directive of directives) {
      const name = directive.name.value;
      if (name !== 'skip' && name !== 'include') continue;
      const what = kind === Kind.FIELD ? 'field' : 'fragment';
      context.reportError(new GraphQLError(`@${name} is not allowed on a ${what} at the root of a subscription.`, { nodes: directive }));
    }
  }
  function checkRoot(set: SelectionSetNode): void {
    if (seen.has(set)) return;
    seen.add(set);
    for (const selection of set.selections) {
      check(selection);
      if (selection.kind === Kind.FIELD) continue;
      const below =
        selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet : context.getFragment(selection.name.value)?.selectionSet;
      if (below) checkRoot(below);
    }
  }
  return {
    OperationDefinition(node) {
      if (node.operation === 'subscription') checkRoot(node.selectionSet);
    },
  };
}
