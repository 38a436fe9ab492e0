/**
 * How long a mutant takes on each side, and how that grows with the size of the world: two-phase commit with more and
 * more managers, all mutants of it, in three parts, so that there is a spread. All that a part does counts: starting,
 * running what is not changed, and judging in two lanes.
 *
 *   node dist/bench/mutants.js [--from 2] [--to 4]
 */
import { execFile } from "node:child_process";
import { cp, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Line, numbers, record, spread } from "./measure.ts";
import { explored, inTemporaryFolder } from "./two-phase.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const { from, to } = numbers({ from: 2, to: 4 });
const PARTS = 3;

/** The example with so many managers, and no behaviours of another number: its module, and the states of its model. */
async function example(folder: string, managers: number): Promise<{ module: string; states: number }> {
  const place = join(folder, "two-phase");
  await cp(join(root, "examples/two-phase"), place, { recursive: true });
  await rm(join(place, "traces"), { recursive: true });
  await mkdir(join(place, "node_modules"), { recursive: true });
  await symlink(root, join(place, "node_modules/lockstep"));
  await symlink(join(root, "node_modules/@types"), join(place, "node_modules/@types"));
  const { generated, distinct = 0, depth } = await explored(folder, managers, false);
  const cfg = join(place, "MCTwoPhase.cfg");
  const names = Array.from({ length: managers }, (_, rm) => `r${rm + 1}`).join(", ");
  await writeFile(cfg, (await readFile(cfg, "utf8")).replace(/RM = \{.*\}/, `RM = {${names}}`));
  const manifest = join(place, "manifest.json");
  const counts = `"distinctStates": ${distinct}, "totalStates": ${generated}, "stateDepth": ${depth}`;
  const text = (await readFile(manifest, "utf8")).replace(/"distinctStates"[^}]*/, counts);
  await writeFile(manifest, text);
  return { module: join(place, "lockstep.js"), states: distinct };
}

/** Seconds for a mutant of a part of them all. */
async function part(module: string, side: "spec" | "reducer", index: number): Promise<number> {
  const program = join(root, "dist/cli/main.js");
  const results = `${module}.${side}.${index}.json`;
  const job = ["--side", side, "--no-memory", "--shard", `${index}/${PARTS}`, "--results", results];
  // Survivors without a reason make it fail, which is nothing here: it counts that all were judged.
  await promisify(execFile)(process.execPath, [program, "mutants", "--protocol", module, ...job]).catch(
    () => undefined,
  );
  const { items, seconds }: { items: readonly unknown[]; seconds: number } = JSON.parse(
    await readFile(results, "utf8"),
  );
  return seconds / items.length;
}

async function sized(managers: number): Promise<Line[]> {
  return inTemporaryFolder(async (folder) => {
    const { module, states } = await example(folder, managers);
    const all: { spec: number; reducer: number }[] = [];
    for (let index = 1; index <= PARTS; index++) {
      all.push({ spec: await part(module, "spec", index), reducer: await part(module, "reducer", index) });
    }
    const line = (what: string, unit: string, values: readonly number[]): Line => ({
      what: `${states.toLocaleString("en-US")} states, ${what}`,
      unit,
      value: spread(values),
    });
    return [
      line(
        "of the specification",
        "s for a mutant",
        all.map(({ spec }) => spec),
      ),
      line(
        "of the reducer",
        "s for a mutant",
        all.map(({ reducer }) => reducer),
      ),
      line(
        "specification / reducer",
        "",
        all.map(({ spec, reducer }) => spec / reducer),
      ),
    ];
  });
}

const lines: Line[] = [];
for (let managers = from; managers <= to; managers++) lines.push(...(await sized(managers)));
await record("mutants", "Mutants of two-phase commit, 2 lanes", lines);
