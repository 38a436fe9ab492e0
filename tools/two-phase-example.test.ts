import { execFile } from "node:child_process";
import { appendFile, cp, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

interface Ended {
  readonly code: number | string | undefined;
  readonly out: string;
}

function run(cwd: string, command: string, ...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(command, args, { cwd }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : (error.code ?? undefined), out: `${stdout}${stderr}` });
    });
  });
}

/** A module like the example's own, whose fuzzing has other reducers. */
function faulty(reducers: string): string {
  return `import { enumerated, fuzzing, sizes } from "lockstep/conformance";
import { protocol as genuine } from "./lockstep.js";
import { properties } from "./properties.js";
import { closed, refinement } from "./system.js";
import { coordinator, manager } from "./two-phase.js";
export { folders } from "./lockstep.js";

const forgetful = (outcome, state, event) => (event === "Commit" ? { ...outcome, state } : outcome);
const lost = (outcome) => (outcome.state === "prepared" ? { ...outcome, state: "ready" } : outcome);
const open = (managers) => ({
  system: closed(managers, false, ${reducers}),
  refinement: refinement(managers),
  properties: properties(managers),
});
const { actions } = refinement(1);
export const protocol = { ...genuine, fuzzing: fuzzing(enumerated({ settings: sizes(1, 12), open, actions })) };
`;
}

describe("a consumer of the packed tarball, outside the workspace", () => {
  let folder = "";
  let example = "";

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "lockstep-example-"));
    example = join(folder, "two-phase");
    await cp(join(root, "examples/two-phase"), example, { recursive: true });
    const packed = await run(root, "npm", "pack", "--silent", "--pack-destination", folder);
    expect(packed).toMatchObject({ code: 0 });
    const tarball = (await readdir(folder)).find((name) => name.endsWith(".tgz"));
    expect(tarball).toBeDefined();
    const quiet = ["--prefer-offline", "--no-audit", "--no-fund"];
    const installed = await run(example, "npm", "install", ...quiet, join(folder, tarball ?? ""));
    expect(installed).toMatchObject({ code: 0 });
  }, 300_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("conforms its own reducers with its own specification", async () => {
    const { code, out } = await run(example, process.execPath, "conform.js");
    expect(out).toMatch(/^states {4}288 of 288$/m);
    expect(out).toMatch(/^edges {5}1,145 of 1,145$/m);
    expect(out).toMatch(/^PASS MCTwoPhase: [\d,]+ compared, 0 mismatches/m);
    expect(code).toBe(0);
  });

  it("finds a planted fault, tells the way to it, and replays it", async () => {
    const { code, out } = await run(example, process.execPath, "conform.js", "--fault");
    expect(out).toContain("1. refusals, not-refused: TMCommit was taken where the graph does not enable it");
    expect(out).toMatch(/^FAIL MCTwoPhase: /m);
    expect(code).toBe(3);
    const path = /--path '(.+)'$/m.exec(out)?.[1] ?? "";
    const replayed = await run(example, process.execPath, "conform.js", "--fault", "--path", path);
    expect(replayed.code).toBe(0);
    expect(replayed.out.trim().split("\n").at(-1)).toContain('"decided":"committed"');
    const refused = await run(example, process.execPath, "conform.js", "--path", path);
    expect(refused.out).toContain('{"action":"TMCommit"} refused: all prepared');
  });

  const fuzz = (module: string): Promise<Ended> => {
    const cli = join(example, "node_modules/lockstep/dist/cli/main.js");
    const job = ["--campaigns", "1", "--runs", "400", "--seed", "1"];
    return run(example, process.execPath, cli, "fuzz", "--protocol", `./${module}`, ...job);
  };

  it("replays what it keeps, by the command line, and says which of it is stale and why", async () => {
    const cli = join(example, "node_modules/lockstep/dist/cli/main.js");
    const replay = ["replay", "--protocol", "./lockstep.js"];
    const { code, out } = await run(example, process.execPath, cli, ...replay);
    expect(out).toMatch(/^PASS 3 files, 10 steps, 15 states compared, 1 in full, 2 parted, 2 flagged by both/m);
    expect(code).toBe(0);
    await appendFile(join(example, "WitnessTwoPhase.tla"), "\n");
    const because =
      /was made from another version of WitnessAllCommit.cfg \(hash \w{12}, now \w{12}\); run lockstep traces/;
    const stale = await run(example, process.execPath, cli, ...replay);
    expect(stale.out).toMatch(new RegExp(`FAIL WitnessAllCommit.itf.json: .*${because.source}`));
    expect(stale.code).toBe(4);
    // What the change does not touch is made again, the same bytes.
    const check = ["traces", "--check", "--only", "./lockstep.js"];
    const checked = await run(example, process.execPath, cli, ...check);
    expect(checked.out).toMatch(new RegExp(`STALE two-phase/WitnessAllCommit.itf.json: it ${because.source}`));
    expect(checked.out).toContain("STALE two-phase/index.json: ");
    expect(checked.out).toContain("two-phase: 5 files, 2 changed\n");
    expect(checked.code).toBe(4);
  });

  it("fuzzes with more managers than the model has, and all come to an end", async () => {
    const { code, out } = await fuzz("lockstep.js");
    expect(out).toMatch(/^PASS two-phase: 0 violations in 1 campaigns of seed 1, 400 runs, [\d,]+ steps, /m);
    expect(code).toBe(0);
  });

  it.each([
    [
      "Consistent",
      "a coordinator that commits too early",
      "{ manager, coordinator: (s, e) => coordinator(s, e, true) }",
    ],
    [
      "Finished",
      "a manager that forgets what was decided",
      "{ manager: (s, e) => forgetful(manager(s, e), s, e), coordinator }",
    ],
    ["TypeOK", "a manager that is in no phase", "{ manager: (s, e) => lost(manager(s, e)), coordinator }"],
  ])("finds by %s %s", async (property, _, reducers) => {
    await writeFile(join(example, "faulty.js"), faulty(reducers));
    const { code, out } = await fuzz("faulty.js");
    await rm(join(example, "faulty.js"));
    expect(out).toMatch(new RegExp(`^VIOLATED ${property} \\(.+\\) by run \\d+ of campaign 0: `, "m"));
    expect(code).toBe(3);
  });

  it("is checked by TypeScript against the published types alone", async () => {
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const types = join(root, "node_modules/@types");
    expect(await run(example, process.execPath, tsc, "-p", ".", "--typeRoots", types)).toEqual({ code: 0, out: "" });
  });
});
