import { getOperationAST, GraphQLError, Kind, OperationTypeNode, visit, BREAK } from 'graphql';
import type { DocumentNode, ExecutionArgs, ExecutionResult } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Plugin } from 'graphql-yoga';

/** In how many forms the plain query is worth keeping: each is some megabytes, and each tool has its own. */
const FORMS = 4;

/** Who asks, in the context of an operation. */
export type RefusalOf = (context: unknown) => Error | undefined;

/**
 * The schema is for those who are known, and what is asked for most is answered from memory: the plain query for all of it, which tools ask at each
 * start. `refusalOf` says why somebody may not see it.
 */
export function useIntrospection(refusalOf: RefusalOf): Plugin {
  const answers = new LRUCache<string, ExecutionResult>({ max: FORMS });
  return {
    onExecute({ args, setResultAndStopExecution }) {
      const { document } = args as ExecutionArgs;
      if (!looksAtSchema(document)) return undefined;
      const refusal = refusalOf(args.contextValue);
      if (refusal) {
        setResultAndStopExecution({ errors: [new GraphQLError(refusal.message, { originalError: refusal })] });
        return undefined;
      }
      const text = plainTextOf(args as ExecutionArgs);
      if (text === undefined) return undefined;
      const answer = answers.get(text);
      if (answer) return void setResultAndStopExecution({ ...answer });
      return {
        onExecuteDone({ result }: { result: ExecutionResult | AsyncIterable<ExecutionResult> }) {
          if ('data' in result && result.errors === undefined) answers.set(text, { data: result.data ?? null });
        },
      };
    },
  };
}

const looking = new WeakMap<DocumentNode, boolean>();

/** Whether any field of the document is that of introspection, but for `__typename`. */
function looksAtSchema(document: DocumentNode): boolean {
  let looks = looking.get(document);
  if (looks !== undefined) return looks;
  looks = false;
  visit(document, {
    Field({ name }) {
      if (name.value !== '__schema' && name.value !== '__type') return undefined;
      looks = true;
      return BREAK;
    },
  });
  looking.set(document, looks);
  return looks;
}

/** Of a document whose answer is the same for everybody: one query for nothing but `__schema`, without variables, other names or conditions. */
function plainTextOf({ document, operationName }: ExecutionArgs): string | undefined {
  const operation = getOperationAST(document, operationName);
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operation?.operation !== OperationTypeNode.QUERY || operations.length > 1 || (operation.variableDefinitions ?? []).length > 0)
    return undefined;
  const [root, ...others] = operation.selectionSet.selections;
  if (others.length > 0 || root?.kind !== Kind.FIELD || root.name.value !== '__schema') return undefined;
  let plain = true;
  visit(document, {
    Directive: () => ((plain = false), BREAK),
    Field({ alias }) {
      if (alias === undefined) return undefined;
      plain = false;
      return BREAK;
    },
  });
  return plain ? document.loc?.source.body : undefined;
}

/** Without what would be right instead: names of a schema that its reader may not see. */
export const withoutSuggestion = (error: GraphQLError): GraphQLError => {
  const message = error.message.replace(/ Did you mean [^]*\?$/, '');
  if (message === error.message) return error;
  const { nodes = null, source = null, positions = null, path = null, extensions } = error;
  return new GraphQLError(message, { nodes, source, positions, path, extensions });
};
