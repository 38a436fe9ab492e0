// @ts-check
/**
 * Wackamole of this package as run_kit.py asks ports: a line of JSON in, a line of JSON out. `--fault NAME` plants one
 * of the faults that a port may have, each of which the runner must find.
 */
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { initial, step } from "lockstep/wackamole";
import { faults } from "./faults.mjs";

const { values } = parseArgs({ options: { fault: { type: "string" } } });
const fault = values.fault === undefined ? {} : faults[values.fault];
if (fault === undefined) {
  console.error(`There is no fault ${values.fault}; there is ${Object.keys(faults).join(", ")}.`);
  process.exit(64);
}

const port = { initial, step, ...fault };
for await (const line of createInterface({ input: process.stdin })) {
  const { config, state, event } = JSON.parse(line);
  const answer = state === undefined ? port.initial(config) : port.step(config, state, event);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
