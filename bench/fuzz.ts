/**
 * What fuzzing costs, and what guiding it gains: rates with and without properties, growth with the number of servers,
 * the share of a graph that is hit, and how long planted faults stay hidden. All in one run, by processor time.
 *
 *   node dist/bench/fuzz.js [--seeds 5] [--steps 15000]
 */
import { readFile } from "node:fs/promises";
import { campaign, type Tick } from "../conformance/engine/fuzz/campaign.ts";
import type { CampaignOptions, FuzzTarget, Strategy } from "../conformance/engine/index.ts";
import { strategies } from "../conformance/engine/index.ts";
import { wackamoleFuzz } from "../conformance/wackamole/fuzz.ts";
import { faults } from "../conformance/wackamole/fuzz-faults.ts";
import { wackamoleModels } from "../conformance/wackamole/index.ts";
import { loadCorpus } from "../tla/graph/index.ts";
import { type Line, numbers, record, spread } from "./measure.ts";

const { seeds, steps } = numbers({ seeds: 5, steps: 15_000 });

type Target<S, W, M> = Pick<FuzzTarget<S, W, M>, "kinds" | "settings" | "open">;
const usual: Omit<CampaignOptions, "number"> = { seed: 1, strategy: "swarm", runs: 1e9, steps: 200 };

/** The same without any property to evaluate. */
function unchecked<S, W, M>(target: Target<S, W, M>): FuzzTarget<S, W, M> {
  return {
    ...target,
    open: (settings) => ({ ...target.open(settings), properties: { invariants: [], steps: [], atRest: [] } }),
  };
}

/** A target of which all clusters have one size. */
function ofServers(servers: number): ReturnType<typeof wackamoleFuzz> {
  const target = wackamoleFuzz();
  return { ...target, open: () => target.open({ servers, groups: [1, 2, 1, 2, 1, 2, 1, 2], prefers: [[0, 1]] }) };
}

/** Microseconds of processor time for a step. */
function cost<S, W, M>(target: FuzzTarget<S, W, M>, number: number): number {
  const began = process.cpuUsage();
  let last: Tick | undefined;
  for (const tick of campaign(target, { ...usual, number })) {
    last = tick;
    if (tick.steps >= steps) break;
  }
  const { user, system } = process.cpuUsage(began);
  if (last?.breach !== undefined) throw new Error(`${last.breach.says}: so the time means nothing`);
  return (user + system) / (last?.steps ?? 0);
}

/** Rates are of whatever sizes there are; growth is with groups and changes alike. */
function costs(): Line[] {
  const each = Array.from({ length: seeds }, (_, number) => number);
  const target = wackamoleFuzz();
  cost(target, seeds);
  const both = each.map((number) => ({ with: cost(target, number), without: cost(unchecked(target), number) }));
  const sizes = [2, 4, 6, 8].map((servers) => {
    const all = each.slice(0, 3).map((number) => ({
      with: cost(ofServers(servers), number),
      without: cost(unchecked(ofServers(servers)), number),
    }));
    return { servers, all };
  });
  const rate = (times: readonly number[]): Line["value"] => spread(times.map((time) => 1e6 / time));
  return [
    { what: "with properties", unit: "steps a second", value: rate(both.map((one) => one.with)) },
    { what: "without properties", unit: "steps a second", value: rate(both.map(({ without }) => without)) },
    { what: "without / with", unit: "", value: spread(both.map((one) => one.with / one.without)) },
    ...sizes.flatMap(({ servers, all }): Line[] => [
      { what: `${servers} servers, with properties`, unit: "µs for a step", value: spread(all.map((one) => one.with)) },
      {
        what: `${servers} servers, without properties`,
        unit: "µs for a step",
        value: spread(all.map(({ without }) => without)),
      },
    ]),
  ];
}

/** Edges of a graph that are hit after the same number of steps. */
async function coverage(cfg: string): Promise<Line[]> {
  const at = (path: string): URL => new URL(`../../${path}`, import.meta.url);
  const { graph } = await loadCorpus(at(`traces/wackamole/${cfg}.graph.ndjson`).pathname);
  const model = wackamoleModels.modelOf(await readFile(at(`spec/wackamole/${cfg}.cfg`), "utf8"));
  if (typeof model === "string") throw new Error(`${cfg} has no closed system`);
  const map = model.map(graph);
  return [2_000, 10_000].flatMap((most) =>
    strategies.map((strategy): Line => {
      const hits = Array.from({ length: seeds }, (_, number) => {
        const options = { ...usual, strategy, number };
        return (100 * edgesAfter(model.fuzzing.campaign(options, map), most)) / map.size;
      });
      return { what: `${cfg}, edges hit after ${most} steps, ${strategy}`, unit: "%", value: spread(hits) };
    }),
  );
}

function edgesAfter(ticks: Iterable<Tick>, most: number): number {
  let edges = 0;
  for (const tick of ticks) {
    edges = tick.edges;
    if (tick.steps >= most) break;
  }
  return edges;
}

/** Steps until a fault is found; as many as were done where it was not. */
function hidden(strategy: Strategy, reducer: (typeof faults)[string], number: number): number {
  for (const tick of campaign(wackamoleFuzz(reducer), { ...usual, strategy, number })) {
    if (tick.breach !== undefined || tick.steps >= 2 * steps) return tick.steps;
  }
  return 0;
}

function searches(): Line[] {
  const each = Array.from({ length: seeds }, (_, number) => number);
  return Object.entries(faults).flatMap(([name, reducer]) =>
    strategies.map((strategy): Line => {
      const value = spread(each.map((number) => hidden(strategy, reducer, number)));
      return { what: `${name}: ${strategy}`, unit: "steps", value };
    }),
  );
}

await record("fuzz-cost", "Fuzzing Wackamole: the cost of a step, processor time", costs());
const graphs = [...(await coverage("MCWackamoleSmall")), ...(await coverage("MCWackamoleBoot"))];
await record("fuzz-coverage", "Fuzzing within the bounds of a model: how much of its graph is hit", graphs);
await record("fuzz-faults", `Steps until a planted fault is found, at most ${2 * steps}`, searches());
