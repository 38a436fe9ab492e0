import fc from "fast-check";
import { type Member, missing, ordering, type Packet, type Row } from "../../../impl/evs/ordering/index.ts";
import type { Dice } from "../../engine/fuzz/dice.ts";
import type { FuzzTarget, Kind } from "../../engine/fuzz/target.ts";
import { has } from "../../engine/replay.ts";
import { orderingProperties } from "./invariants.ts";
import { incoming, others } from "./network.ts";
import { orderingRefinement } from "./refine.ts";
import { orderingSystem, type Reducer } from "./system.ts";
import { type Bounds, configOf, type Move, stateOf, type World } from "./world.ts";

/** The size of a configuration, its window, how much more than the window is kept, and how much is sent. */
interface Settings {
  readonly members: number;
  readonly window: number;
  readonly more: number;
  readonly messages: number;
}

/** Configurations of 2 to 6 processes that send up to 16 messages, over a network that does all that it may. */
export function orderingFuzz(reducer: Reducer = ordering): FuzzTarget<Settings, World, Move> {
  return {
    kinds,
    settings: fc.record({
      members: fc.integer({ min: 2, max: 6 }),
      window: fc.integer({ min: 1, max: 4 }),
      more: fc.integer({ min: 0, max: 4 }),
      messages: fc.integer({ min: 1, max: 16 }),
    }),
    open(settings) {
      const bounds = boundsOf(settings);
      const system = orderingSystem(bounds, reducer);
      return {
        system,
        refinement: orderingRefinement(bounds),
        properties: orderingProperties(bounds),
        start: () => [...system.initials()][0] as World,
        pick: (world, kind, dice) => pick(bounds, world, kind as Move["type"], dice),
        settle: (world) => settle(bounds, world),
        // What came can come again, for ever.
        isOver: () => false,
        has: (world, move) => has(system.moves(world), move),
        features: (before, move, after) => seen(before, move, after),
      };
    },
  };
}

const kinds: readonly Kind[] = [
  { name: "Send", weight: 2, fault: false },
  { name: "Update", weight: 2, fault: false },
  { name: "Receive", weight: 8, fault: false },
  { name: "Ask", weight: 2, fault: false },
  { name: "Answer", weight: 2, fault: false },
  { name: "Deliver", weight: 4, fault: false },
];

function boundsOf({ members, window, more, messages }: Settings): Bounds {
  return {
    members: Array.from({ length: members }, (_, at) => `p${at + 1}`),
    window,
    keep: window + more,
    maxMessages: messages,
    ...{ copies: "any", repeated: true, foreign: "packets" },
  };
}

/** Moves of a kind, drawn and not enumerated: there are too many sets of six processes. */
function pick(bounds: Bounds, world: World, kind: Move["type"], dice: Dice): readonly Move[] {
  const process = dice.pick(bounds.members) ?? "";
  switch (kind) {
    case "Send": {
      const copies = others(bounds, process).filter(() => dice.below(3) > 0);
      return [{ type: kind, process, service: dice.below(2) === 0 ? "agreed" : "safe", copies }];
    }
    case "Receive":
      return dice.shuffled(incoming(bounds, world, process)).map((packet) => ({ type: kind, process, packet }));
    case "Ask":
      return dice.shuffled(asks(bounds, world, process));
    case "Answer":
      return dice.shuffled(world.requests).map((request) => ({ type: kind, request, arrives: dice.below(3) > 0 }));
    default:
      return dice.shuffled(bounds.members).map((one) => ({ type: kind, process: one }));
  }
}

function asks(bounds: Bounds, world: World, process: Member): readonly Move[] {
  const lacking = missing(configOf(bounds, process), stateOf(world, process));
  return lacking.map(({ member, number }) => ({ type: "Ask", process, of: member, number }));
}

/** Nothing more is sent or lost: what is on its way comes, all say what is new, and ask for what they lack. */
function* settle(bounds: Bounds, world: World): Iterable<Move> {
  for (const process of bounds.members) {
    yield { type: "Deliver", process };
    for (const packet of incoming(bounds, world, process)) {
      if (isNewsTo(world, process, packet)) yield { type: "Receive", process, packet };
    }
  }
  for (const process of bounds.members) yield* asks(bounds, world, process);
  for (const request of world.requests) yield { type: "Answer", request, arrives: true };
  for (const process of bounds.members) yield { type: "Update", process };
}

/** Whether a packet that comes for the first time tells a process something. */
function isNewsTo(world: World, process: Member, packet: Packet): boolean {
  if (packet.type === "data") {
    return world.copies.some(({ to, message }) => to === process && message === packet.message);
  }
  if (packet.type === "request" || !world.updates.includes(packet)) return false;
  const known: Row | undefined = stateOf(world, process).site[packet.sender];
  const { sequence, lts, aru } = packet.row;
  return known === undefined || known.sequence < sequence || known.lts < lts || known.aru < aru;
}

/** What is worth seeing of a step: what a process keeps and waits for around it. */
function seen(before: World, move: Move, after: World): readonly string[] {
  const process = "process" in move ? move.process : move.request.of;
  return [`${move.type}: ${progress(before, process)} -> ${progress(after, process)}`];
}

function progress(world: World, process: Member): string {
  const { store, site, delivered } = stateOf(world, process);
  const kept = Object.values(store).flat();
  const waiting = kept.filter(({ sender, number }) => number > (delivered[sender] ?? 0));
  const own = site[process]?.lts ?? 0;
  const behind = own - (site[process]?.aru ?? 0);
  return `keeps ${few(kept.length)}, waits with ${few(waiting.length)}, ${few(behind)} behind`;
}

function few(count: number): string {
  return count < 4 ? String(count) : "many";
}
