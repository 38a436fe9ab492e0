import fc from "fast-check";
import { type Configuration, type Member, membership } from "../../../impl/evs/membership/index.ts";
import type { Dice } from "../../engine/fuzz/dice.ts";
import type { FuzzTarget, Kind } from "../../engine/fuzz/target.ts";
import { has } from "../../engine/replay.ts";
import { membershipProperties } from "./invariants.ts";
import { membershipRefinement } from "./refine.ts";
import { membershipSystem, type Reducer } from "./system.ts";
import { type Bounds, type Move, nameOf, stateOf, trafficOf, type World } from "./world.ts";

/** How many processes there are, how much they send and keep, and how often they may change. */
interface Settings {
  readonly processes: number;
  readonly messages: number;
  readonly keep: number;
  readonly changes: number;
}

/** 2 to 6 processes that send up to 12 messages, with cascades, crashes, and proposals that are never complete. */
export function membershipFuzz(reducer: Reducer = membership): FuzzTarget<Settings, World, Move> {
  return {
    kinds,
    settings: fc.record({
      processes: fc.integer({ min: 2, max: 6 }),
      messages: fc.integer({ min: 1, max: 12 }),
      keep: fc.integer({ min: 1, max: 12 }),
      changes: fc.integer({ min: 1, max: 12 }),
    }),
    open(settings) {
      const bounds = boundsOf(settings);
      const system = membershipSystem(bounds, reducer);
      return {
        system,
        refinement: membershipRefinement(bounds),
        properties: membershipProperties(bounds),
        start: () => [...system.initials()][0] as World,
        pick: (world, kind, dice) => pick(bounds, world, kind, dice),
        settle: (world) => settle(bounds, world),
        isOver: () => false,
        has: (world, move) => has(system.moves(world), move),
        features: seen,
      };
    },
  };
}

const kinds: readonly Kind[] = [
  { name: "MCSend", weight: 2, fault: false },
  { name: "MCReceive", weight: 6, fault: false },
  { name: "MCDeliver", weight: 6, fault: false },
  { name: "MCAcknowledge", weight: 6, fault: false },
  { name: "MCMove", weight: 4, fault: false },
  { name: "MCInstall", weight: 4, fault: false },
  { name: "MCGather", weight: 1, fault: true },
  { name: "MCForm", weight: 2, fault: true },
  { name: "MCCrash", weight: 1, fault: true },
  { name: "MCRecover", weight: 2, fault: true },
];

function boundsOf({ processes: count, messages, keep, changes }: Settings): Bounds {
  const processes = Array.from({ length: count }, (_, at) => `p${at + 1}`);
  return {
    ...{ processes, senders: processes, failing: processes, services: ["agreed", "safe"], groups: null },
    ...{ maxMessages: messages, maxChanges: changes, keep, histories: true, images: false },
    ...{ numbers: "least", ready: "gather", gathering: "any", together: "one" },
  };
}

/** Moves of a kind, drawn and not enumerated. */
function pick(bounds: Bounds, world: World, kind: string, dice: Dice): readonly Move[] {
  const processes = dice.shuffled(bounds.processes);
  switch (kind) {
    case "MCSend":
      return processes.map((process) => ({ type: "Send", process, service: dice.below(2) === 0 ? "agreed" : "safe" }));
    case "MCReceive":
      return processes.flatMap((process) => dice.shuffled(receipts(world, process)));
    case "MCAcknowledge":
      return dice.shuffled(acknowledgements(bounds, world));
    case "MCForm": {
      const ready = processes.filter((process) => stateOf(world, process)?.mode === "gather");
      const members = ready.slice(0, 1 + dice.below(ready.length));
      return members.length === 0 ? [] : [proposed(bounds, world, members)];
    }
    default:
      return processes.map((process) => ({ type: kind.slice("MC".length) as "Deliver", process }));
  }
}

/** A proposal of these processes, with the least number that it can have. */
function proposed({ processes }: Bounds, world: World, members: readonly Member[]): Move {
  const number = 1 + Math.max(...members.map((member) => world.disk[member] ?? 0));
  return { type: "Form", members: processes.filter((process) => members.includes(process)), number };
}

function receipts(world: World, process: Member): readonly Move[] {
  const state = stateOf(world, process);
  const sent = state === undefined ? 0 : (trafficOf(world, state.conf)?.order.length ?? 0);
  const places = Array.from({ length: sent }, (_, at) => at + 1);
  const missing = places.filter((place) => !state?.store.some((entry) => entry.place === place));
  return missing.map((place) => ({ type: "Receive", process, place }));
}

function acknowledgements({ processes }: Bounds, world: World): readonly Move[] {
  return processes.flatMap((process): Move[] => {
    const proposal: Configuration | null = stateOf(world, process)?.proposal ?? null;
    return proposal === null ? [] : [{ type: "Acknowledge", proposal, members: [process] }];
  });
}

/** Nothing more is sent, lost or changed: what was sent comes, and who has committed gets as far as it can. */
function* settle(bounds: Bounds, world: World): Iterable<Move> {
  for (const process of bounds.processes) yield* receipts(world, process);
  yield* acknowledgements(bounds, world);
  for (const process of bounds.processes) {
    for (const type of ["Deliver", "Move", "Install"] as const) yield { type, process };
  }
}

/** What is worth seeing of a step: where the processes that it concerns are, with how many, and what is owed. */
function seen(before: World, move: Move, after: World): readonly string[] {
  const [process] = "process" in move ? [move.process] : move.members;
  return process === undefined ? [] : [`${move.type}: ${progress(before, process)} -> ${progress(after, process)}`];
}

function progress(world: World, process: Member): string {
  const state = stateOf(world, process);
  if (state === undefined) return "down";
  const { mode, conf, obliged, store, bound, proposal } = state;
  const strangers = obliged.filter((member) => !proposal?.members.includes(member)).length;
  const acks = proposal === null ? "" : `, ${state.acks.length} of ${proposal.members.length}`;
  const kept = store.length < 3 ? String(store.length) : "many";
  const behind = nameOf(conf).startsWith("0:") ? "first" : "later";
  return `${mode} in a ${behind} of ${conf.members.length}${acks}, keeps ${kept}, owes ${strangers}, ${bound > 0 ? "bound" : "free"}`;
}
