import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type Ended, run } from "./consumer.ts";
import { root } from "./house/files.ts";

// The parser that the tests' own tools bring along.
const yaml = z
  .object({ parseAllDocuments: z.custom<(text: string) => Parsed[]>((value) => typeof value === "function") })
  .parse(createRequire(join(root, "node_modules/vite/package.json"))("yaml"));

interface Parsed {
  readonly errors: readonly unknown[];
  toJS(): unknown;
}

const text = await readFile(join(root, "docs/distributed.md"), "utf8");

/** The YAML of the document, one value for each of its documents. */
function yamlOf(markdown: string): unknown[] {
  return [...markdown.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].flatMap(([, block = ""]) =>
    yaml.parseAllDocuments(block).map((document) => {
      expect(document.errors).toEqual([]);
      return document.toJS();
    }),
  );
}

/** What follows `lockstep --` in a text, up to the end of the line, without what a shell or a workflow puts in. */
function commandsIn(words: string): string[][] {
  const bare = words.replace(/\$\{\{.*?\}\}|\$\(\(.*?\)\)/g, "1");
  return [...bare.matchAll(/\bnpm run lockstep -- (.+)$/gm)].map(([, command = ""]) => command.trim().split(/\s+/));
}

const Step = z.object({ run: z.string().optional() });
const Workflow = z.object({
  jobs: z.object({
    part: z.object({
      strategy: z.object({ "fail-fast": z.literal(false), matrix: z.object({ shard: z.array(z.number()) }) }),
      steps: z.array(Step),
    }),
    whole: z.object({ needs: z.literal("part"), steps: z.array(Step) }),
  }),
});
const Job = z.object({
  apiVersion: z.literal("batch/v1"),
  kind: z.literal("Job"),
  spec: z.object({
    completionMode: z.literal("Indexed").optional(),
    completions: z.number().optional(),
    backoffLimitPerIndex: z.number().optional(),
    template: z.object({
      spec: z.object({
        restartPolicy: z.literal("Never"),
        containers: z.tuple([
          z.object({
            args: z.tuple([z.string()]),
            volumeMounts: z.tuple([z.object({ name: z.string(), mountPath: z.literal("/results") })]),
          }),
        ]),
        volumes: z.tuple([z.object({ name: z.string(), persistentVolumeClaim: z.object({ claimName: z.string() }) })]),
      }),
    }),
  }),
});
const Claim = z.object({ kind: z.literal("PersistentVolumeClaim"), metadata: z.object({ name: z.string() }) });

const documents = yamlOf(text);
const [workflowYaml, claimYaml, partsYaml, wholeYaml] = documents;
const workflow = Workflow.parse(workflowYaml);
const claim = Claim.parse(claimYaml);
const indexed = Job.parse(partsYaml);
const whole = Job.parse(wholeYaml);
const scripts = [
  ...[...workflow.jobs.part.steps, ...workflow.jobs.whole.steps].map((step) => step.run ?? ""),
  ...[indexed, whole].map(({ spec }) => spec.template.spec.containers[0].args[0]),
  ...[...text.matchAll(/^```(?:sh|dockerfile)\n([\s\S]*?)^```$/gm)].map(([, block = ""]) => block),
];
const commands = scripts.flatMap(commandsIn);

describe("the document on more machines than one", () => {
  it("has a matrix whose parts are as many as it divides a job into, and adds up each kind", () => {
    const { shard } = workflow.jobs.part.strategy.matrix;
    expect(shard).toEqual(shard.map((_, at) => at + 1));
    const jobs = workflow.jobs.part.steps.map((step) => step.run ?? "").filter((script) => script.includes("--shard"));
    expect(jobs.length).toBe(3);
    for (const script of jobs) {
      expect(script).toContain(`--shard \${{ matrix.shard }}/${shard.length} `);
      const [kind, results] =
        /--results results\/(\w+)-\$\{\{ matrix.shard \}\}\.json/.exec(script)?.toReversed() ?? [];
      expect(script).toContain(`lockstep -- ${kind} `);
      const merged = workflow.jobs.whole.steps.find((step) => step.run?.includes(`results/${kind}-*.json --out `));
      expect([results, merged?.run]).toEqual([
        expect.any(String),
        `npm run lockstep -- merge results/${kind}-*.json --out whole/${kind}.json`,
      ]);
    }
  });

  it("has an indexed Job whose parts are as many as it divides a job into, counted from 1, on one volume", () => {
    const { completionMode, completions, backoffLimitPerIndex, template } = indexed.spec;
    expect([completionMode, backoffLimitPerIndex]).toEqual(["Indexed", 0]);
    const [script] = template.spec.containers[0].args;
    expect(script).toContain(`--shard $((JOB_COMPLETION_INDEX + 1))/${completions} `);
    expect(script).toContain("--results /results/mutants-$((JOB_COMPLETION_INDEX + 1)).json");
    expect(whole.spec.template.spec.containers[0].args[0]).toContain("merge /results/mutants-*.json --out /results/");
    for (const { spec } of [indexed, whole]) {
      const { containers, volumes } = spec.template.spec;
      expect(containers[0].volumeMounts[0].name).toBe(volumes[0].name);
      expect(volumes[0].persistentVolumeClaim.claimName).toBe(claim.metadata.name);
    }
  });

  it("would not be read where its YAML is broken", () => {
    expect(() => yamlOf("```yaml\na: [1\n```\n")).toThrow();
    expect(yamlOf("```yaml\na: 1\n---\nb: 2\n```\n")).toEqual([{ a: 1 }, { b: 2 }]);
    expect(commandsIn(`npm run lockstep -- fuzz --shard \${{ a b }}/4 --out $((X + 1))`)).toEqual([
      ["fuzz", "--shard", "1/4", "--out", "1"],
    ]);
  });
});

const program = join(root, "dist/cli/main.js");
const { out: help } = await run(root, process.execPath, program, "--help");
const known = [...help.matchAll(/^ {2}(\w+) /gm)].map(([, name = ""]) => name);

describe("the commands of the document", () => {
  it("are found", () => {
    expect(documents).toHaveLength(4);
    const names = new Set(commands.map(([name]) => name));
    expect([...names].sort()).toEqual(["check", "fuzz", "merge", "mutants", "replay"]);
    expect(known).toContain("merge");
  });

  for (const [name = "", ...rest] of commands) {
    it(`lockstep ${name} ${rest.join(" ")}: has only options that the program knows`, async () => {
      expect(known).toContain(name);
      const { code, out } = await run(root, process.execPath, program, name, "--help");
      expect(code).toBe(0);
      const options = rest.filter((word) => word.startsWith("--"));
      expect(options.filter((option) => !new RegExp(`^ +(-\\w, )?${option}\\b`, "m").test(out))).toEqual([]);
    });
  }
});

describe("a job whose parts are processes of their own", () => {
  it("adds up to what one process finds, times apart", async () => {
    const folder = await mkdtemp(join(tmpdir(), "lockstep-shards-"));
    try {
      const command = ["replay", "--protocol", "wackamole"];
      const replay = (shard: string, file: string): Promise<Ended> =>
        run(root, process.execPath, program, ...command, "--shard", shard, "--results", join(folder, file));
      const parts = await Promise.all([1, 2, 3].map((index) => replay(`${index}/3`, `part${index}.json`)));
      expect(parts.map(({ code }) => code)).toEqual([0, 0, 0]);
      expect((await replay("1/1", "one.json")).code).toBe(0);
      const files = [3, 1, 2].map((index) => join(folder, `part${index}.json`));
      const { code } = await run(root, process.execPath, program, "merge", ...files, "--out", join(folder, "all.json"));
      expect(code).toBe(0);
      const read = async (file: string): Promise<object> =>
        z.looseObject({ seconds: z.number() }).parse(JSON.parse(await readFile(join(folder, file), "utf8")));
      expect({ ...(await read("all.json")), seconds: 0 }).toEqual({ ...(await read("one.json")), seconds: 0 });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
