#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { UserError } from "../tla/errors.ts";
import { checkCommand } from "./check.ts";
import { conformCommand } from "./conform.ts";
import { doctorCommand } from "./doctor.ts";
import { fuzzCommand } from "./fuzz.ts";
import { judgeCommand } from "./judge-recordings.ts";
import { kitCommand } from "./kit.ts";
import { mergeCommand } from "./merge.ts";
import { mutantsCommand } from "./mutants.ts";
import { replayCommand } from "./replay.ts";
import { reportCommand } from "./report.ts";
import { tracesCommand } from "./traces.ts";
import { verifyCommand } from "./verify.ts";

const BAD_USAGE = 64;

const program = new Command("lockstep")
  .description("replication protocols, their specifications, and the proof that they walk in lockstep")
  .exitOverride();
const commands = [
  ...[verifyCommand(), checkCommand(), conformCommand(), replayCommand(), fuzzCommand()],
  ...[mutantsCommand(), mergeCommand(), kitCommand(), reportCommand(), tracesCommand()],
  ...[judgeCommand(), doctorCommand()],
];
for (const command of commands) program.addCommand(command.copyInheritedSettings(program));

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : BAD_USAGE;
  else if (error instanceof UserError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode;
  } else throw error;
}
