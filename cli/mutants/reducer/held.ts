import { basename } from "node:path";
import type { ConformanceModel, ConformanceModels, ConformanceReport } from "../../../conformance/engine/index.ts";
import { loadCorpus, loadGraph } from "../../../tla/graph/index.ts";
import { loadItf } from "../../../tla/values/itf.ts";
import type { FuzzScene, Genuine, GraphScene, Killed, Scene, TracesScene } from "./scenes.ts";

/** A scene with all that it needs in memory. */
export interface Held {
  /** What the reducer comes to as it is. */
  genuine(): Genuine;
  /** What kills the reducer as it is now. */
  judge(genuine: Genuine): Killed | undefined;
}

/** Reads what a scene needs. */
export async function held(models: ConformanceModels, scene: Scene): Promise<Held> {
  switch (scene.kind) {
    case "graph":
      return heldGraph(models, scene);
    case "traces":
      return heldTraces(models, scene);
    case "fuzz":
      return heldRuns(models, scene);
  }
}

/** The closed system of a configuration, made anew, so that nothing of another mutant is in it. */
function systemOf(models: ConformanceModels, cfg: string): ConformanceModel {
  const system = models.modelOf(cfg);
  if (typeof system === "string") throw new Error(`there is no closed system for ${system}`);
  return system;
}

async function heldGraph(models: ConformanceModels, { name, cfg, path, totals }: GraphScene): Promise<Held> {
  const { actions } = systemOf(models, cfg);
  const options = { actions, ...(totals === undefined ? {} : { totals }) };
  const graph = path.endsWith(".ndjson") ? (await loadCorpus(path)).graph : await loadGraph(path, options);
  return {
    genuine() {
      const { seconds: _, ...lasting } = systemOf(models, cfg).conform(graph, { keep: 1 });
      return { size: lasting.worlds, passed: lasting.passed, summary: JSON.stringify(lasting) };
    },
    judge({ size }) {
      // A walk that goes on for twice as many worlds is taken to go on for ever.
      const maxWorlds = 2 * size + 100;
      const report = systemOf(models, cfg).conform(graph, { keep: 1, stopAt: 1, maxWorlds });
      return report.passed ? undefined : killedBy(report, name, maxWorlds);
    },
  };
}

function killedBy(report: ConformanceReport<unknown>, where: string, maxWorlds: number): Killed {
  const [mismatch] = report.mismatches;
  if (mismatch !== undefined) return { by: mismatch.claim, where, says: mismatch.says };
  const says = report.faults[0] ?? "";
  if (report.worlds >= maxWorlds) return { by: "timeout", where, says };
  return { by: report.worlds === 0 ? "sound" : "complete", where, says };
}

async function heldTraces(models: ConformanceModels, { traces }: TracesScene): Promise<Held> {
  const kept = await Promise.all(
    traces.map(async ({ path, cfg }) => ({
      name: basename(path),
      cfg,
      states: (await loadItf(path)).states.map(({ values }) => values),
    })),
  );
  const outcomes = (): string[] =>
    kept.map(({ name, cfg, states }) => {
      const replayed = systemOf(models, cfg).replayTrace({ states });
      return `${name} ${replayed.kind === "stuck" ? `parts at state ${replayed.at + 1}` : "replays in full"}`;
    });
  return {
    genuine() {
      return { size: kept.length, passed: kept.length > 0, summary: outcomes().join("\n") };
    },
    judge({ summary }) {
      const now = outcomes();
      const was = summary.split("\n");
      const at = now.findIndex((outcome, index) => outcome !== was[index]);
      if (at < 0) return undefined;
      return { by: "replay", where: kept[at]?.name ?? "", says: `${now[at]}; of the reducer itself, ${was[at]}` };
    },
  };
}

/** Runs that are the same for every mutant as long as it does what the reducer does. */
function heldRuns({ fuzzing, protocol }: ConformanceModels, { options }: FuzzScene): Held {
  if (fuzzing === undefined) throw new Error(`${protocol} cannot be fuzzed`);
  return {
    genuine() {
      const campaign = fuzzing.campaign(options);
      let next = campaign.next();
      while (next.done !== true) next = campaign.next();
      const { steps, runs, settled, actions, failure } = next.value;
      const summary = JSON.stringify({ steps, runs, settled, actions });
      return { size: steps, passed: failure === undefined && settled === runs, summary };
    },
    judge() {
      // Nobody reads the run of a mutant, so that it ends with the breach, and is not shortened.
      for (const { breach } of fuzzing.campaign(options)) {
        if (breach !== undefined) return { by: "fuzz", where: breach.says, says: breach.kind };
      }
      return undefined;
    },
  };
}
