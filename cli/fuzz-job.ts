import { createHash } from "node:crypto";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { Campaign, Failure, Fuzzing, Item, Results, Shard, Strategy } from "../conformance/engine/index.ts";
import { UserError } from "../tla/errors.ts";
import { MISSING_TOOL } from "./exit-codes.ts";
import { type Coverage, edgesByAction, type Hit, hitByAction, missedItems } from "./fuzz-coverage.ts";
import { playedAgain, writeScript } from "./fuzz-script.ts";
import type { Located } from "./located.ts";
import { count, ProgressLine } from "./progress.ts";
import { writeResults } from "./results-file.ts";
import { sourceHash } from "./source-hash.ts";
import { Watchdog } from "./watchdog.ts";

/** What is to be done. */
export interface FuzzPlan {
  /** As the user named it. */
  readonly protocol: string;
  readonly cfg?: string;
  readonly seed: number;
  readonly strategy: Strategy;
  readonly runs: number;
  readonly steps: number;
  readonly shard: Shard;
  /** How many campaigns there are in all, those of other shards included; without it as many as there is time for. */
  readonly campaigns?: number;
  readonly seconds?: number;
  /** Seconds that a run may take. */
  readonly patience: number;
  /** The folder for runs that fail. */
  readonly out: string;
  readonly results?: string;
  /** Files among the protocol's results that are to be written as well. */
  readonly kept: readonly string[];
}

/** What a campaign tells how far it has come. */
interface Watching {
  readonly progress: ProgressLine;
  readonly signal: AbortSignal;
  readonly watchdog: Watchdog;
}

const TAKEN = "taken ";

/** Campaign after campaign, with all that they found. After each it is written, so that a crash loses one at most. */
export class FuzzJob {
  readonly #where: Located;
  readonly #plan: FuzzPlan;
  readonly #sha256: string | undefined;
  #complete = false;
  readonly #counts: Record<string, number> = {
    campaigns: 0,
    runs: 0,
    steps: 0,
    settled: 0,
    compared: 0,
    violations: 0,
  };
  readonly #features = new Set<string>();
  readonly #states = new Set<number>();
  readonly #edges = new Set<number>();
  readonly #items: Item[] = [];
  readonly #began = performance.now();

  private constructor(where: Located, plan: FuzzPlan, sha256: string | undefined) {
    this.#where = where;
    this.#plan = plan;
    this.#sha256 = sha256;
  }

  /** @throws UserError (2) where results are wanted, and the sources that tell what they are of are not here. */
  static async open(where: Located, plan: FuzzPlan): Promise<FuzzJob> {
    const sha256 = await sourceHash(where);
    if (sha256 === undefined && (plan.results !== undefined || plan.kept.length > 0)) {
      throw new UserError("The sources are not here, so results could not tell what they are of.", MISSING_TOOL);
    }
    return new FuzzJob(where, plan, sha256);
  }

  /** Whether all that falls to this shard was done. */
  get complete(): boolean {
    return this.#complete;
  }

  /** Actions of the specification that no run took. */
  get neverTaken(): readonly string[] {
    const taken = Object.entries(this.#counts).filter(([name, times]) => name.startsWith(TAKEN) && times === 0);
    return taken.map(([name]) => name.slice(TAKEN.length));
  }

  get counts(): Readonly<Record<"campaigns" | "violations" | "compared", number>> {
    const { campaigns = 0, violations = 0, compared = 0 } = this.#counts;
    return { campaigns, violations, compared };
  }

  get hit(): Hit {
    return { states: this.#states, edges: this.#edges };
  }

  /** Does the campaigns that fall to this shard, until they are done, there is no time left, or the user ends it. */
  async run(target: Fuzzing, coverage: Coverage | undefined, signal: AbortSignal): Promise<void> {
    const { shard, campaigns = Number.POSITIVE_INFINITY } = this.#plan;
    const progress = new ProgressLine("fuzz");
    const { seed, patience } = this.#plan;
    const stuck = `A run of campaign # of seed ${seed} has not ended in ${patience} seconds: a step may never return.`;
    const watching = { progress, signal, watchdog: new Watchdog(patience, stuck) };
    // What an earlier job left there must not pass for what this one finds.
    await this.#write(coverage);
    try {
      for (let number = shard.index - 1; number < campaigns && !this.#isOver(signal); number += shard.of) {
        const done = await this.#campaign(target, coverage, number, watching);
        if (done === undefined) break;
        await this.#enter(done, target, coverage);
      }
      this.#complete = !signal.aborted;
      await this.#write(coverage);
    } finally {
      progress.done();
      await watching.watchdog.close();
    }
  }

  summary(): string {
    const { campaigns = 0, runs = 0, steps = 0, violations = 0, compared = 0 } = this.#counts;
    const { seed, cfg } = this.#plan;
    const beside = cfg === undefined ? "" : `, ${count(compared)} of them compared with the graph of ${cfg}`;
    const seen = cfg === undefined ? `, ${count(this.#features.size)} features` : "";
    const rate = count(Math.round(steps / this.#seconds()));
    const found = `${count(violations)} ${violations === 1 ? "violation" : "violations"}`;
    const what = `${count(campaigns)} campaigns of seed ${seed}, ${count(runs)} runs, ${count(steps)} steps`;
    return `${found} in ${what}${beside}${seen} (${rate} steps/s)`;
  }

  /** One campaign to its end; undefined where the user does not wait for that. */
  async #campaign(
    target: Fuzzing,
    coverage: Coverage | undefined,
    number: number,
    { progress, signal, watchdog }: Watching,
  ): Promise<Campaign<unknown, unknown> | undefined> {
    const { seed, strategy, runs, steps } = this.#plan;
    const playing = target.campaign({ seed, number, strategy, runs, steps }, coverage?.map);
    let told = performance.now();
    watchdog.beat(number);
    for (let next = playing.next(); ; next = playing.next()) {
      watchdog.beat(number);
      if (next.done === true) return next.value;
      const { breach } = next.value;
      if (breach !== undefined) {
        process.stdout.write(
          `BROKEN ${breach.says} (${breach.kind}) by campaign ${number} of seed ${seed}; it is being shortened\n`,
        );
        // Shortening takes long, but it ends, and what it is about must not be lost.
        watchdog.rest();
        continue;
      }
      if (performance.now() - told < 1000) continue;
      told = performance.now();
      // Signals are only heard in between.
      await setImmediate();
      if (signal.aborted) return undefined;
      const all = (this.#counts["steps"] ?? 0) + next.value.steps;
      const rate = count(Math.round(all / this.#seconds()));
      progress.tell(`campaign ${number}, ${count(all)} steps, ${rate}/s`);
    }
  }

  async #enter(done: Campaign<unknown, unknown>, target: Fuzzing, coverage: Coverage | undefined): Promise<void> {
    const { runs, steps, settled, compared, actions, features, states, edges, failure } = done;
    const add = { campaigns: 1, runs, steps, settled, compared, violations: failure === undefined ? 0 : 1 };
    for (const [name, number] of Object.entries(add)) this.#counts[name] = (this.#counts[name] ?? 0) + number;
    for (const [action, number] of Object.entries(actions)) {
      this.#counts[`${TAKEN}${action}`] = (this.#counts[`${TAKEN}${action}`] ?? 0) + number;
    }
    for (const feature of features) this.#features.add(feature);
    for (const state of states) this.#states.add(state);
    for (const edge of edges) this.#edges.add(edge);
    if (failure !== undefined) this.#items.push(await this.#kept(failure, target, coverage));
    await this.#write(coverage);
  }

  /** What is kept of the protocol is written when all is done, and never before. */
  async #write(coverage: Coverage | undefined): Promise<void> {
    if (this.#sha256 === undefined) return;
    const results = this.#results(coverage, this.#sha256);
    if (this.#plan.results !== undefined) await writeResults(this.#plan.results, results);
    if (!this.#complete) return;
    const missed = coverage === undefined ? [] : missedItems(coverage, this.hit);
    for (const name of this.#plan.kept) {
      await writeResults(join(this.#where.results, name), { ...results, items: [...results.items, ...missed] });
    }
  }

  /** Writes a run that failed, and says how to see it again. */
  async #kept(failure: Failure<unknown, unknown>, target: Fuzzing, coverage: Coverage | undefined): Promise<Item> {
    const { breach, campaign, run, before, moves, settings, start } = failure;
    const { protocol, cfg, seed, out } = this.#plan;
    const script = { settings, start, moves };
    const name = createHash("sha256")
      .update(JSON.stringify([script, breach]))
      .digest("hex")
      .slice(0, 12);
    const path = join(out, `${this.#where.models.protocol}-${name}.itf.json`);
    const played = playedAgain(target, script, path, coverage?.map);
    const seen = { protocol: this.#where.models.protocol, cfg, played };
    await writeScript(path, seen, { script, breach, seed, campaign, run });
    const bounds = cfg === undefined ? "" : ` --cfg ${cfg}`;
    const again = `lockstep fuzz --protocol ${protocol}${bounds} --replay ${path}`;
    process.stdout.write(
      `VIOLATED ${breach.says} (${breach.kind}) by run ${run} of campaign ${campaign}: ` +
        `${count(before)} moves shortened to ${moves.length}${settings === null ? "" : `, ${JSON.stringify(settings)}`}\n  ${again}\n`,
    );
    return { id: `campaign ${campaign}`, ...breach, run, moves: moves.length, settings, file: path, again };
  }

  #results(coverage: Coverage | undefined, sha256: string): Results {
    const { seed, strategy, runs, steps, campaigns, seconds, shard, cfg } = this.#plan;
    const bound = { ...(campaigns === undefined ? {} : { campaigns }), ...(seconds === undefined ? {} : { seconds }) };
    const graph =
      coverage === undefined
        ? {}
        : { cfg, states: coverage.graph.states, edges: coverage.map.size, actions: edgesByAction(coverage) };
    return {
      format: "lockstep-results",
      version: 1,
      kind: "fuzz",
      protocol: this.#where.models.protocol,
      sha256,
      settings: { seed, strategy, runs, steps, ...bound, ...graph },
      shard,
      complete: this.#complete,
      counts: Object.fromEntries(Object.entries(this.#counts).sort(([one], [other]) => (one < other ? -1 : 1))),
      sets: coverage === undefined ? { features: [...this.#features].sort() } : this.#hitSets(coverage),
      items: [...this.#items].sort((one, other) => (one.id < other.id ? -1 : 1)),
      seconds: this.#seconds(),
    };
  }

  #hitSets(coverage: Coverage): Results["sets"] {
    const edges = Object.entries(hitByAction(coverage, this.hit)).map(([action, hit]) => [`edges of ${action}`, hit]);
    return { states: [...this.#states].map(String).sort(), ...Object.fromEntries(edges) };
  }

  #isOver(signal: AbortSignal): boolean {
    const { seconds = Number.POSITIVE_INFINITY } = this.#plan;
    return signal.aborted || this.#seconds() >= seconds;
  }

  #seconds(): number {
    return (performance.now() - this.#began) / 1000;
  }
}
