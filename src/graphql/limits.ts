import { getOperationAST, GraphQLError, KnownFragmentNamesRule, NoFragmentCyclesRule, NoUnusedFragmentsRule, parse } from 'graphql';
import { Source, UniqueFragmentNamesRule, validate } from 'graphql';
import type { DocumentNode, ExecutionArgs } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { queryNestsDeeper } from './nesting.ts';
import { standardIntrospection } from './introspection-count.ts';
import { countAnswer } from './node-count.ts';
import { pairsOf, sizesOf } from './query-size.ts';
import { UnconditionalSubscriptionsRule } from './subscription-rule.ts';

/** What a single query may cost. Generous for people and generated clients, deadly for nobody. */
export interface Limits {
  /** Characters of the query; literals count too, so long texts belong into variables. */
  queryLength: number;
  /** Lexical tokens: bounds the parser's work and the size of the document. Nor may it have more lines than that. */
  tokens: number;
  /** Brackets of all kinds within one another: fields, values and types alike. */
  nesting: number;
  /** Levels of fields. The introspection query of graphql-js needs 15. */
  depth: number;
  /** Fields under another name, fragments spread out: the usual way to ask for one thing a thousand times. */
  aliases: number;
  /** All fields, fragments spread out. */
  fields: number;
  /** Pairs of fields of the same name at the same place, which validation compares with one another: some microseconds each. */
  pairs: number;
  /** Objects that the answer may hold: page sizes multiplied along the query (see `node-count.ts`). */
  nodes: number;
}

export const defaultLimits: Limits = {
  queryLength: 64 * 1024,
  tokens: 4000,
  nesting: 100,
  depth: 20,
  aliases: 100,
  fields: 2000,
  pairs: 20_000,
  nodes: 50_000,
};

/** Of a document, as long as it is: clients that have all their operations in one send it with each. */
const operationsWorth = 5;
/** graphql-js counts the lines from the start of the query to each error. */
const maxErrors = 20;

/** Refuses what is too long or too deep before it is executed, introspection like everything else. */
export function useLimits(limits: Limits): Plugin {
  return {
    onParse({ setParseFn }) {
      setParseFn((source, options) => {
        const text = typeof source === 'string' ? source : source.body;
        if (text.length > limits.queryLength) throw tooComplex(`The query is longer than ${limits.queryLength} characters`);
        if ((text.match(/\r\n|[\n\r]/g)?.length ?? 0) > limits.tokens) throw tooComplex(`The query has more than ${limits.tokens} lines`);
        const whole = typeof source === 'string' ? new Source(source) : source;
        if (queryNestsDeeper(whole, { levels: limits.nesting, tokens: limits.tokens }))
          throw tooComplex(`The query nests more than ${limits.nesting} brackets within one another`);
        return parse(source, { ...options, maxTokens: limits.tokens });
      });
    },
    // Before all that compares parts of the query with one another, and instead of it: that is what takes long.
    onValidate: ({ setValidationFn }) =>
      setValidationFn((schema, document, rules) => {
        const broken = validate(schema, document, firstRules, { maxErrors });
        if (broken.length > 0) return broken;
        const errors = tooLarge(document, limits);
        return errors.length > 0 ? errors : validate(schema, document, rules, { maxErrors });
      }),
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

const firstRules = [
  // Without these nothing says how large a document is once its fragments are spread out.
  UniqueFragmentNamesRule,
  KnownFragmentNamesRule,
  NoFragmentCyclesRule,
  NoUnusedFragmentsRule,
  // A rule of graphql-js executes conditions at the root of a subscription, without variables, and throws.
  UnconditionalSubscriptionsRule,
];

function tooLarge(document: DocumentNode, limits: Limits): GraphQLError[] {
  const sizes = sizesOf(document);
  const errors = (['depth', 'aliases', 'fields'] as const).flatMap((what) => {
    if (sizes.every((size) => size[what] <= limits[what])) return [];
    return [tooComplex(`The query has ${what === 'depth' ? `a depth of more than ${limits.depth}` : `more than ${limits[what]} ${what}`}`)];
  });
  if (errors.length > 0) return errors;
  const inAll = sizes.reduce((sum, { fields, spreads }) => sum + fields + spreads, 0);
  const most = operationsWorth * limits.fields;
  if (inAll > most) return [tooComplex(`The document has more than ${most} fields and fragments in all its operations`)];
  if (pairsOf(document) <= limits.pairs) return [];
  return [tooComplex('The query asks for the same fields in too many places at once: ask for each once, or in fewer fragments')];
}

function tooManyNodes({ schema, document, operationName, variableValues }: ExecutionArgs, limit: number): GraphQLError | undefined {
  const operation = getOperationAST(document, operationName);
  if (!operation) return undefined;
  const { objects, values, introspection } = countAnswer({ schema, document, operation, variables: variableValues ?? {} });
  if (objects > limit) return tooComplex(`The answer could hold ${many(objects)} objects, more than ${many(limit)}: ask for smaller pages`);
  const most = limit * valuesPerNode;
  if (values > most)
    return tooComplex(`The answer could hold ${many(values)} values, more than ${many(most)}: ask for smaller pages, or fewer fields`);
  if (introspection <= standardIntrospection(schema) * introspectionsWorth) return undefined;
  return tooComplex('The query asks for much more of the schema than the query that asks for all of it: ask for each part once');
}

const many = (count: number) => count.toLocaleString('en');

/** An object has some twenty fields; more of them are the same ones under other names. */
const valuesPerNode = 20;
/** Of the standard query: some tools ask for a little more than that has. */
const introspectionsWorth = 2;

/** With the status of a query that is not valid: `spec` leaves it to the media type, as the specification has it. */
const tooComplex = (message: string) =>
  new GraphQLError(message, { extensions: { code: 'QUERY_TOO_COMPLEX', http: { spec: true, status: 400 } } });
