import fc from "fast-check";
import {
  type CommittingSet,
  cutsOf,
  evs,
  isWellFormed,
  logOf,
  type Process,
  rest,
  type State,
} from "../../../impl/evs/service/index.ts";
import type { Dice, FuzzTarget, Kind } from "../../engine/index.ts";
import { endOf, leastNumber } from "./coarse.ts";
import { evsProperties } from "./invariants.ts";
import { setsOf } from "./moves.ts";
import { evsRefinement } from "./refine.ts";
import { eventOf, evsSystem, type Reducer, startedAs } from "./system.ts";
import type { Bounds, Move, World } from "./world.ts";

/** The size of a cluster. */
export interface Settings {
  readonly processes: number;
}

const NAMES: readonly Process[] = ["p", "q", "r", "s", "t", "u"];

/** Clusters of 2 to 6 processes, with as many messages and changes as there are, and every choice. */
export function evsFuzz(reducer: Reducer = evs): FuzzTarget<Settings, World, Move> {
  return {
    kinds,
    settings: fc.record({ processes: fc.integer({ min: 2, max: NAMES.length }) }),
    open(settings) {
      const bounds = boundsOf(settings);
      return {
        system: evsSystem(bounds, reducer),
        refinement: evsRefinement(bounds),
        properties: evsProperties(bounds),
        start: (dice) => startedAs(bounds, components(bounds, dice)),
        pick: (world, kind, dice) => pick(bounds, world, kind, dice),
        settle: (world) => settle(bounds, world),
        // A configuration can always be formed, or somebody recovers.
        isOver: () => false,
        has: (_, move) => isMove(bounds, move),
        features: seen,
      };
    },
  };
}

/** Who goes on, each apart, so that some are slower than others; then what is sent, and the changes. */
const onwards = "Go on with ";
const kinds: readonly Kind[] = [
  ...NAMES.map((process): Kind => ({ name: `${onwards}${process}`, weight: 8, fault: false })),
  { name: "Send", weight: 16, fault: false },
  { name: "Repair", weight: 4, fault: false },
  { name: "Form", weight: 6, fault: true },
  { name: "Crash", weight: 2, fault: true },
  { name: "Recover", weight: 2, fault: true },
];

function boundsOf({ processes }: Settings): Bounds {
  return {
    processes: NAMES.slice(0, processes),
    names: "strings",
    services: ["agreed", "safe"],
    maxMessages: Number.MAX_SAFE_INTEGER,
    maxChanges: Number.MAX_SAFE_INTEGER,
    histories: true,
    steps: "single",
    numbers: "any",
    places: "any",
    holes: "any",
    committing: "any",
    acknowledging: "any",
    repairs: "any",
    partitions: "any",
    judged: "all",
  };
}

function components({ processes }: Bounds, dice: Dice): Process[][] {
  const parts: Process[][] = [];
  for (const process of processes) {
    const place = dice.below(parts.length + 3);
    if (place === parts.length + 2) continue;
    if (place < parts.length) parts[place]?.push(process);
    else if (parts[0] === undefined || place === parts.length) parts.push([process]);
    else parts[0].push(process);
  }
  return parts;
}

/** Moves of a kind, drawn and not enumerated: there are too many cuts of six processes. */
function pick(bounds: Bounds, world: World, kind: string, dice: Dice): Iterable<Move> {
  if (kind.startsWith(onwards)) return goingOn(kind.slice(onwards.length));
  const { service } = world;
  const up = bounds.processes.filter((process) => (service.conf[process] ?? null) !== null);
  switch (kind) {
    case "Send":
      return dice.shuffled(up).map((process) => sending(service, process, dice));
    case "Crash":
      return dice.shuffled(up).map((process) => ({ type: kind, process }));
    case "Recover":
      return dice.shuffled(bounds.processes).map((process) => ({
        ...{ type: kind, process, number: leastNumber(service, [process]) + few(dice) },
      }));
    case "Repair":
      return dice.shuffled(up).flatMap((process) => repairing(service, process, few(dice), dice));
    case "Form":
      return forming(world, up, dice);
    default:
      return [];
  }
}

/** Mostly none. */
function few(dice: Dice): number {
  return dice.below(4) === 0 ? 1 + dice.below(3) : 0;
}

/** The ways in which a process may go on: at most one of them is not refused. */
function goingOn(process: Process): readonly Move[] {
  return [
    { type: "Deliver", process },
    { type: "Move", process },
    { type: "Install", process },
  ];
}

function sending(service: State, process: Process, dice: Dice): Move {
  const end = endOf(service, process) + 1;
  const first = service.conf[process] ?? null;
  const least = first === null ? 0 : logOf(service, first).frozen;
  // At the end as a rule, or the order would turn round.
  const at = dice.below(3) === 0 ? least + 1 + dice.below(end - least) : end;
  return { type: "Send", process, service: dice.below(2) === 0 ? "agreed" : "safe", at };
}

function repairing(service: State, process: Process, more: number, dice: Dice): readonly Move[] {
  const conf = service.conf[process] ?? null;
  const members = conf === null ? [] : rest(service, conf);
  if (!members.includes(process)) return [];
  const cut = dice.pick(cutsOf(service, members, members));
  if (cut === undefined) return [];
  const number = leastNumber(service, members) + more;
  return [{ type: "Repair", process, number, held: cut.held, bound: cut.bound }];
}

/** Some who are up and have not moved, some of their sets, who of each acknowledges, and a cut that it may take. */
function forming(world: World, up: readonly Process[], dice: Dice): readonly Move[] {
  const { service } = world;
  const free = up.filter((process) => service.leaving[process]?.moved !== true);
  const members = dice.below(3) === 0 ? free : free.filter(() => dice.below(2) === 0);
  const all = setsOf(world, members);
  const some = dice.below(2) === 0 ? all : all.filter(() => dice.below(2) === 0);
  const sets = (some.length > 0 ? some : all).flatMap((set): CommittingSet[] => {
    const part = dice.below(3) > 0 ? set : set.filter(() => dice.below(2) === 0);
    const cut = dice.pick(cutsOf(service, set, part.length > 0 ? part : set));
    return cut === undefined ? [] : [cut];
  });
  return sets.length === 0 ? [] : [{ type: "Form", members, number: leastNumber(service, members) + few(dice), sets }];
}

/** Who is up goes on, and repairs with all that there is. */
function* settle({ processes }: Bounds, { service }: World): Iterable<Move> {
  for (const process of processes) yield* goingOn(process);
  for (const process of processes) {
    const conf = service.conf[process] ?? null;
    const members = conf === null ? [] : rest(service, conf);
    if (!members.includes(process)) continue;
    const cut = cutsOf(service, members, members).at(-1);
    if (cut === undefined) continue;
    yield { type: "Repair", process, number: leastNumber(service, members), held: cut.held, bound: cut.bound };
  }
}

/** Whether something that came from outside is a move of these processes; it may be one that is refused. */
function isMove({ processes }: Bounds, move: unknown): boolean {
  if (typeof move !== "object" || move === null || !("type" in move)) return false;
  const { type, ...rest } = move;
  if (type === "Send") return isWellFormed({ processes }, { ...rest, type: "SEND", body: 0 });
  const names = ["Deliver", "Move", "Install", "Crash", "Form", "Repair", "Recover"];
  return typeof type === "string" && names.includes(type) && isWellFormed({ processes }, eventOf(move as never));
}

/** What is worth seeing of a step: what there was of cascades, of who is stuck or absent, and behind which holes. */
function seen({ service: before }: World, move: Move, { service: after }: World): readonly string[] {
  if (move.type === "Form") {
    const sets = move.sets.map(({ members, acknowledge }) => `${acknowledge.length}/${members.length}`).sort();
    const taken = move.sets.flatMap(({ members }) => members).filter((one) => (before.leaving[one] ?? null) !== null);
    return [`Form of ${move.members.length}: ${sets.join(" ")}${taken.length > 0 ? ", cascading" : ""}`];
  }
  if (!("process" in move)) return [];
  const cut = before.leaving[move.process] ?? null;
  const place = before.place[move.process] ?? 0;
  const isBehind = cut?.moved === true && move.type === "Deliver" && place >= cut.held;
  const where = cut === null ? "staying" : isBehind ? "behind the hole" : cut.moved ? "moved" : "leaving";
  const size = (before.conf[move.process] ?? after.conf[move.process])?.members.length ?? 0;
  return [`${move.type} of ${size}, ${where}${cut !== null && !cut.complete ? ", stuck" : ""}`];
}
