export interface Logs {
  readonly logError: (error: unknown) => void;
  /** For what has become good again. */
  readonly logInfo?: ((text: string) => void) | undefined;
  /** For what is neither bad nor good and still worth a line, such as who leads. */
  readonly logChange?: ((text: string) => void) | undefined;
}

/** Tells a failure once, and once that it is over: an outage of an hour must not fill the log. */
export function createComplaint({ logError, logInfo }: Logs, whenOver: string) {
  let failing = false;
  return {
    failed(error: unknown): void {
      if (!failing) logError(error);
      failing = true;
    },
    over(): void {
      if (failing) logInfo?.(whenOver);
      failing = false;
    },
  };
}
