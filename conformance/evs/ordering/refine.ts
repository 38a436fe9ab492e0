import type { Member, Message, Row } from "../../../impl/evs/ordering/index.ts";
import type { TlaState, TlaValue } from "../../../tla/values/value.ts";
import type { Refinement } from "../../engine/contract.ts";
import { imageOf } from "./image.ts";
import { type Bounds, type Move, stateOf, storeOf, type World } from "./world.ts";

/** Projects a world of ordering onto the variables of `MCOrdering.tla`. */
export function orderingRefinement(bounds: Bounds): Refinement<World, Move> {
  return {
    module: "MCOrdering",
    actions: ["MCSend", "MCUpdate", "MCReceive", "MCAsk", "MCAnswer", "MCDeliver"],
    view: (world) => view(bounds, world),
    moved: (_, move) => [{ name: `MC${move.type}` }],
  };
}

function view(bounds: Bounds, world: World): TlaState {
  const { members } = bounds;
  const each = (value: (member: Member) => TlaValue): TlaValue =>
    Object.fromEntries(members.map((member) => [member, value(member)]));
  return {
    site: each((member) => {
      const { site } = stateOf(world, member);
      return each((other) => rowValue(site[other]));
    }),
    // What a process no longer keeps it has delivered.
    store: each((member) => ({ "#set": storeOf(world, member).map(messageValue) })),
    delivered: each((member) => ({ "#tup": (world.delivered[member] ?? []).map(messageValue) })),
    updates: { "#set": world.updates.map(({ sender, row }) => ({ sender, row: rowValue(row) })) },
    copies: { "#set": world.copies.map(({ to, message }) => ({ "#tup": [to, messageValue(message)] })) },
    requests: { "#set": world.requests.map(({ from, of, number }) => ({ "#tup": [from, of, number] })) },
    image: imageOf(bounds, world),
  };
}

function rowValue(row: Row | undefined): TlaValue {
  if (row === undefined) throw new Error("a process has no row of a member");
  return { sequence: row.sequence, lts: row.lts, aru: row.aru };
}

function messageValue({ sender, number, lts, service }: Message): TlaValue {
  return { sender, number, lts, service };
}
