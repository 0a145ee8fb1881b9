import type { DocumentNode } from 'graphql';

/**
 * Parsed queries, the least recently used forgotten first. Bounded by their text and not by their number: a document takes about
 * fifty times its text, so half a million characters are some 25 MB, be it a thousand usual queries or eight huge ones.
 */
export function createDocumentCache(maxCharacters = 512 * 1024) {
  const documents = new Map<string, DocumentNode>();
  let characters = 0;
  const forget = (query: string) => {
    if (documents.delete(query)) characters -= query.length;
  };
  return {
    get(query: string): DocumentNode | undefined {
      const document = documents.get(query);
      if (document === undefined) return undefined;
      documents.delete(query); // a Map keeps the order of insertion: to the end with it
      documents.set(query, document);
      return document;
    },
    set(query: string, document: DocumentNode): void {
      forget(query);
      documents.set(query, document);
      characters += query.length;
      for (const oldest of documents.keys()) {
        if (characters <= maxCharacters) break;
        forget(oldest);
      }
    },
  };
}
