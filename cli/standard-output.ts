import { UserError } from "../tla/errors.ts";
import { BAD_INPUT } from "./exit-codes.ts";

/** Prints all of a long text. @throws UserError (64) where the reader goes away before the end. */
export function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => reject(new UserError(`The output ends early: ${error.message}.`, BAD_INPUT));
    process.stdout.once("error", fail);
    process.stdout.write(text, (error) => {
      // Where it failed, the event comes after this call, and somebody has to listen.
      if (error) return;
      process.stdout.removeListener("error", fail);
      resolve();
    });
  });
}
