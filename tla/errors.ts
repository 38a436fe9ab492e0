/** What a user can mend: the message is one sentence that says how, and `exitCode` is what the command line ends with. */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}
