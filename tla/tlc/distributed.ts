import { createServer } from "node:net";
import { join } from "node:path";
import { UserError } from "../errors.ts";
import { commonArgs } from "./command.ts";
import { type Config, readConfig } from "./config.ts";
import { Interpreter } from "./interpret.ts";
import { findSources, type Sources, type TlcOptions } from "./options.ts";
import type { Child } from "./process.ts";
import { type Outcome, type TlcResult, traceOf } from "./result.ts";
import { type Session, withSession } from "./session.ts";

/** Options of a distributed run; `workers` counts the threads of each worker process, 1 by default. */
export interface DistributedOptions extends Omit<TlcOptions, "simulate" | "dump" | "coverage"> {
  /** Worker processes; 2 by default. */
  readonly workerProcesses?: number;
}

/**
 * Runs TLC's own distributed mode on this machine, over loopback: one server that keeps the states and several worker
 * processes that generate them.
 *
 * The result differs from that of {@link runTlc} in what this mode of TLC can tell. It finds the same distinct states;
 * `generated` also counts what two workers generated both; of a violation it says no more than the last steps, so the
 * outcome is `violation`.
 *
 * @throws UserError as {@link runTlc} does, and (64) for a configuration with PROPERTY, which this mode ignores.
 */
export async function runDistributedTlc(options: DistributedOptions): Promise<TlcResult> {
  const processes = options.workerProcesses ?? 2;
  if (!Number.isSafeInteger(processes) || processes < 1 || processes > 64) {
    throw new UserError(`The number of worker processes must be a whole number from 1 to 64, not ${processes}.`, 64);
  }
  const sources = await findSources(options);
  const config = readConfig(sources.configText);
  if (config.properties.length > 0) {
    throw new UserError(
      `TLC's distributed mode does not check PROPERTY ${config.properties.join(", ")} of ${sources.configPath}: run it without --distributed, or with a configuration that has only invariants.`,
      64,
    );
  }
  const once = (): Promise<Attempt> => attempt(options, sources, config, processes);
  let made = await once();
  for (let left = RETRIES; made.sumFailed && left > 0; left -= 1) made = await once();
  return made.result;
}

/** One run of the server. */
interface Attempt {
  readonly result: TlcResult;
  /**
   * The server stumbles in its final sum over a worker that registers just as the last state is done. Only the smallest
   * models are done that early, so the run is repeated.
   */
  readonly sumFailed: boolean;
}

const RETRIES = 3;

function attempt(options: DistributedOptions, sources: Sources, config: Config, processes: number): Promise<Attempt> {
  return withSession(options, async (session) => {
    const network = await networkArgs(options.workers ?? 1);
    const workers = new Workers(session, sources, network);
    const interpreter = new Interpreter({
      ...sources,
      ...options,
      simulating: false,
      onMessage: ({ code }) => {
        if (code === SERVER_READY) void workers.start(processes, () => server.stop());
        else if (code === WORKER_REGISTERED) workers.registered = true;
        else if (code === WORKER_DONE) workers.done = true;
      },
    });
    const server = await session.start({
      name: "server",
      main: "tlc2.tool.distributed.TLCServer",
      args: [
        ...commonArgs(sources, join(session.folder, "meta")),
        // The server does not heed what the configuration says of deadlocks.
        ...(options.deadlock === false || config.checkDeadlock === false ? ["-deadlock"] : []),
        ...(options.fingerprint === undefined ? [] : ["-fp", String(options.fingerprint)]),
        sources.module,
      ],
      java: network,
      cwd: sources.folder,
      libraries: sources.libraries,
      onOutput: (text) => interpreter.push(text),
    });
    const ended = await server.ended;
    const told = interpreter.result(ended, session.stopped());
    if (!interpreter.heard && told.outcome.kind !== "stopped") throw session.mute(ended);
    const result = workers.lost === undefined ? asToldByServer(told) : withOutcome(told, workers.lost, 255);
    return { result, sumFailed: workers.done && result.outcome.kind === "failed" };
  });
}

const SERVER_READY = 7000;
const WORKER_REGISTERED = 7001;
const WORKER_DONE = 7003;

/** How long the server may take to notice that the last worker has left, in milliseconds. */
const GRACE = 5_000;

/** The worker processes of one run. */
class Workers {
  readonly #session: Session;
  readonly #sources: Sources;
  readonly #network: readonly string[];
  readonly #words: string[] = [];
  /** Whether the server ever heard of one. */
  registered = false;
  /** Whether the server has let one go because all is done. */
  done = false;
  /** What became of the run if the workers left it. */
  lost: Outcome | undefined;

  constructor(session: Session, sources: Sources, network: readonly string[]) {
    this.#session = session;
    this.#sources = sources;
    this.#network = network;
  }

  /** Starts them, and calls `giveUp` should all of them end while the server, which would wait for ever, needs them. */
  async start(processes: number, giveUp: () => void): Promise<void> {
    try {
      const numbers = Array.from({ length: processes }, (_, index) => index + 1);
      const children = await Promise.all(numbers.map((number) => this.#startOne(`worker-${number}`)));
      await Promise.all(children.map((child) => child.ended));
      if (this.registered) await new Promise((resolve) => setTimeout(resolve, GRACE).unref());
      if (this.done) return;
      this.#lose(this.#words.join(" ") || "they did not say why");
    } catch (error) {
      this.#lose(String(error));
    }
    giveUp();
  }

  #lose(why: string): void {
    this.lost = { kind: "failed", message: `The worker processes ended before the run had: ${why}.` };
  }

  #startOne(name: string): Promise<Child> {
    return this.#session.start({
      name,
      main: "tlc2.tool.distributed.TLCWorker",
      args: ["127.0.0.1"],
      java: this.#network,
      cwd: this.#session.folder,
      libraries: this.#sources.libraries,
      onOutput: (text) => {
        const why = /^Error: Failed to start worker[\s\S]*?\n(.+)/m.exec(text)?.[1];
        if (why !== undefined && this.#words.length === 0) this.#words.push(why.trim());
      },
    });
  }
}

/** The server prints the last steps, says neither what is wrong with them nor which is the first, and ends with 0. */
function asToldByServer(result: TlcResult): TlcResult {
  const trace = traceOf(result.outcome);
  if (trace === undefined) return result;
  const message =
    "An invariant is violated, a deadlock was reached or an expression has no value; TLC's distributed mode does not say which, and shows only the last steps.";
  return withOutcome(result, { kind: "violation", message, trace }, 12);
}

function withOutcome(result: TlcResult, outcome: Outcome, exitCode: number): TlcResult {
  return result.outcome.kind === "stopped" ? result : { ...result, outcome, exitCode };
}

/** What makes server and workers find each other, on loopback and apart from any other run on this machine. */
async function networkArgs(threads: number): Promise<string[]> {
  return [
    "-Djava.rmi.server.hostname=127.0.0.1",
    // Milliseconds between two reports.
    "-Dtlc2.tool.distributed.TLCServer.report=1000",
    `-Dtlc2.tool.distributed.TLCServer.port=${await freePort()}`,
    `-Dtlc2.tool.distributed.TLCWorker.threadCount=${threads}`,
  ];
}

/** A port of the loopback interface that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" ? address?.port : undefined;
      probe.close(() => (port === undefined ? reject(new Error("no port is free")) : resolve(port)));
    });
  });
}
