/** A mistake in an order to a sandbox. `status` goes to the control port's client. */
export class OrderError extends Error {
  readonly status: number;

  constructor(status: 400 | 404, message: string) {
    super(message);
    this.status = status;
  }
}
