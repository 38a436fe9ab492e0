// @ts-check
/**
 * Has TLC explore MCTwoPhase.cfg, loads the complete graph that it found, and walks the reducers beside it.
 *
 *   node conform.js [--fault] [--path '{"initial":0,"moves":[…]}']
 *
 * `--fault` plants a fault in the coordinator; `--path` replays one way, as the report of a mismatch gives it. Exit
 * code 0 when all agrees, 3 when something does not, 2 for a missing tool, 4 when interrupted, TLC's own when it finds
 * fault.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { conform, replayPath, reportText } from "lockstep/conformance";
import { UserError } from "lockstep/tla/errors";
import { loadGraph } from "lockstep/tla/graph";
import { runTlc } from "lockstep/tla/tlc";
import { closed, refinement } from "./system.js";

const managers = 3;

// An interruption stops TLC, and the folder is removed as ever. (`once` would not do: `runTlc` ends the process where
// nobody listens any more.)
const interrupted = new AbortController();
for (const name of ["SIGINT", "SIGTERM"]) process.on(name, () => interrupted.abort());

/** @param {string} dump where TLC writes the graph */
async function explored(dump) {
  const spec = fileURLToPath(new URL("MCTwoPhase.tla", import.meta.url));
  const result = await runTlc({ spec, dump, signal: interrupted.signal });
  if (result.outcome.kind === "success") return result;
  console.error(result.outcome.message);
  process.exitCode = result.exitCode;
  return undefined;
}

/** @param {boolean} fault */
async function compared(fault) {
  const folder = await mkdtemp(join(tmpdir(), "two-phase-"));
  try {
    const dump = join(folder, "graph.dot");
    const tlc = await explored(dump);
    if (tlc?.distinct === undefined) return;
    const onto = refinement(managers);
    const graph = await loadGraph(dump, {
      actions: onto.actions,
      totals: { generated: tlc.generated, distinct: tlc.distinct },
    });
    const report = conform(closed(managers, fault), onto, graph, {
      keep: 1,
      reproduce: (path) => `node conform.js${fault ? " --fault" : ""} --path '${JSON.stringify(path)}'`,
    });
    console.log(reportText(report));
    if (!report.passed) process.exitCode = 3;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} path
 * @param {boolean} fault
 */
function replayed(path, fault) {
  const replay = replayPath(closed(managers, fault), refinement(managers), JSON.parse(path));
  for (const { move, world } of replay.steps) console.log(JSON.stringify(move), JSON.stringify(world));
  if (replay.refused !== undefined)
    console.log(JSON.stringify(replay.refused.move), "refused:", replay.refused.because);
}

const { values } = parseArgs({ options: { fault: { type: "boolean", default: false }, path: { type: "string" } } });
try {
  if (values.path === undefined) await compared(values.fault);
  else replayed(values.path, values.fault);
} catch (error) {
  // What a user can mend has a sentence and an exit code.
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
