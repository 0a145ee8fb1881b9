import { getOperationAST, GraphQLError, Kind, parse } from 'graphql';
import type { ASTVisitor, FragmentDefinitionNode, ExecutionArgs, SelectionSetNode, ValidationContext } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { countNodes } from './node-count.ts';

/** What a single query may cost. Generous for people and generated clients, deadly for nobody. */
export interface Limits {
  /** Characters of the query; literals count too, so long texts belong into variables. */
  queryLength: number;
  /** Lexical tokens: bounds the parser's work and the size of the document. */
  tokens: number;
  /** Levels of fields. The introspection query of graphql-js needs 15. */
  depth: number;
  /** Fields under another name, fragments spread out: the usual way to ask for one thing a thousand times. */
  aliases: number;
  /** All fields, fragments spread out. */
  fields: number;
  /** Objects that the answer may hold: page sizes multiplied along the query (see `node-count.ts`). */
  nodes: number;
}

export const defaultLimits: Limits = { queryLength: 64 * 1024, tokens: 4000, depth: 20, aliases: 100, fields: 2000, nodes: 50_000 };

/** Refuses what is too long or too deep before it is executed. Introspection is allowed; graphql-js itself limits its cycles. */
export function useLimits(limits: Limits): Plugin {
  const rule = sizeRule(limits);
  return {
    onParse({ setParseFn }) {
      setParseFn((source, options) => {
        const text = typeof source === 'string' ? source : source.body;
        if (text.length > limits.queryLength) throw tooComplex(`The query is longer than ${limits.queryLength} characters`);
        return parse(source, { ...options, maxTokens: limits.tokens });
      });
    },
    onValidate: ({ addValidationRule }) => addValidationRule(rule),
    // Not before, as the sizes of pages are mostly variables.
    onExecute({ args, setResultAndStopExecution }) {
      const error = tooManyNodes(args, limits.nodes);
      if (error) setResultAndStopExecution({ errors: [error] });
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      const error = tooManyNodes(args, limits.nodes);
      if (error) setResultAndStopExecution({ errors: [error] });
    },
  };
}

function tooManyNodes({ schema, document, operationName, variableValues }: ExecutionArgs, limit: number): GraphQLError | undefined {
  const operation = getOperationAST(document, operationName);
  const count = operation ? countNodes({ schema, document, operation, variables: variableValues ?? {} }) : 0;
  if (count <= limit) return undefined;
  return tooComplex(
    `The answer could hold ${count.toLocaleString('en')} objects, more than ${limit.toLocaleString('en')}: ask for smaller pages`,
  );
}

/** With the status of a query that is not valid: `spec` leaves it to the media type, as the specification has it. */
const tooComplex = (message: string) =>
  new GraphQLError(message, { extensions: { code: 'QUERY_TOO_COMPLEX', http: { spec: true, status: 400 } } });

interface Size {
  depth: number;
  aliases: number;
  fields: number;
}

function sizeRule(limits: Limits) {
  return (context: ValidationContext): ASTVisitor => {
    const sizeOf = createMeasure((name) => context.getFragment(name));
    return {
      OperationDefinition(operation) {
        const size = sizeOf(operation.selectionSet);
        for (const what of ['depth', 'aliases', 'fields'] as const) {
          if (size[what] <= limits[what]) continue;
          context.reportError(tooComplex(`The query has ${what === 'depth' ? 'a depth' : `more ${what}`} of more than ${limits[what]}`));
        }
        return false;
      },
    };
  };
}

/** Each fragment is measured once, so a chain of fragments that doubles with every link costs its length and not its result. */
function createMeasure(fragmentOf: (name: string) => FragmentDefinitionNode | null | undefined) {
  const fragments = new Map<string, Size>();
  const ofFragment = (name: string): Size => {
    let size = fragments.get(name);
    if (size === undefined) {
      fragments.set(name, { depth: 0, aliases: 0, fields: 0 }); // a cycle, which another rule reports, ends here
      const fragment = fragmentOf(name);
      size = fragment ? sizeOf(fragment.selectionSet) : { depth: 0, aliases: 0, fields: 0 };
      fragments.set(name, size);
    }
    return size;
  };
  const sizeOf = (set: SelectionSetNode | undefined): Size => {
    const total: Size = { depth: 0, aliases: 0, fields: 0 };
    for (const selection of set?.selections ?? []) {
      const below = selection.kind === Kind.FRAGMENT_SPREAD ? ofFragment(selection.name.value) : sizeOf(selection.selectionSet);
      const isField = selection.kind === Kind.FIELD;
      total.depth = Math.max(total.depth, below.depth + (isField ? 1 : 0));
      total.aliases += below.aliases + (isField && selection.alias ? 1 : 0);
      total.fields += below.fields + (isField ? 1 : 0);
    }
    return total;
  };
  return sizeOf;
}
