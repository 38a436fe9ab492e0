/**
 * Wackamole itself: the explorer, and loading with comparing, beside TLC with two workers on the same configuration.
 * TLC checks no property here, since neither does what it is compared with.
 *
 *   node dist/bench/wackamole.js [--runs 3]
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runTlc } from "../tla/tlc/index.ts";
import { isolated, numbers, record, spread } from "./measure.ts";
import { inTemporaryFolder } from "./two-phase.ts";
import type { Once } from "./wackamole-once.ts";

const spec = fileURLToPath(new URL("../../spec/", import.meta.url));
const name = "MCWackamoleFine.cfg";
const { runs } = numbers({ runs: 3 });

const measured = await inTemporaryFolder(async (folder) => {
  const cfg = join(folder, name);
  const text = await readFile(join(spec, "wackamole", name), "utf8");
  await writeFile(cfg, text.replace(/^INVARIANTS[\s\S]*(?=^CHECK_DEADLOCK)/m, ""));
  const tlc = {
    spec: join(spec, "wackamole", "MCWackamole.tla"),
    config: cfg,
    libraries: [join(spec, "evs")],
    workers: 2,
  };
  const all: { edges: number; tlc: number; dumping: number; exploring: number; conforming: number; memory: number }[] =
    [];
  for (let run = 0; run < runs; run++) {
    const dump = join(folder, "graph.dot");
    const alone = await runTlc(tlc);
    const dumped = await runTlc({ ...tlc, dump });
    const explored = await isolated<Once>("wackamole-once.js", cfg);
    const conformed = await isolated<Once>("wackamole-once.js", cfg, dump);
    if (!explored.passed || !conformed.passed) throw new Error("Wackamole does not conform");
    if (explored.edges !== conformed.edges) throw new Error("the two did not explore the same");
    all.push({
      edges: explored.edges,
      tlc: alone.seconds,
      dumping: dumped.seconds,
      exploring: explored.wall,
      conforming: conformed.wall,
      memory: conformed.memory,
    });
  }
  return all;
});

const edges = measured[0]?.edges.toLocaleString("en-US") ?? "";
await record("wackamole", `Wackamole, ${name}, ${edges} edges`, [
  { what: "TLC, 2 workers", unit: "s", value: spread(measured.map(({ tlc }) => tlc)) },
  { what: "the TypeScript explorer, 1 thread", unit: "s", value: spread(measured.map(({ exploring }) => exploring)) },
  {
    what: "rate of the explorer / rate of TLC",
    unit: "",
    value: spread(measured.map(({ tlc, exploring }) => tlc / exploring)),
    goal: "at least 1",
  },
  { what: "TLC writing the graph", unit: "s", value: spread(measured.map(({ dumping }) => dumping)) },
  { what: "load and compare", unit: "s", value: spread(measured.map(({ conforming }) => conforming)) },
  {
    what: "load and compare / TLC",
    unit: "",
    value: spread(measured.map(({ dumping, conforming }) => conforming / dumping)),
    goal: "at most 1",
  },
  {
    what: "peak memory of load and compare",
    unit: "MiB",
    value: spread(measured.map(({ memory }) => memory)),
    goal: "at most 2048",
  },
]);
