/** Wrong arguments, or nothing there to read: its message is for the person at the terminal, without a stack. */
export class UsageError extends Error {
  readonly exitCode = 2;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UsageError';
  }
}
