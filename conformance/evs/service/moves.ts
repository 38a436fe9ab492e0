import { type CommittingSet, cutsOf, type Process, rest, transitionalSet } from "../../../impl/evs/service/index.ts";
import { endOf, leastNumber } from "./coarse.ts";
import { type Bounds, lastNumber, type Move, total, type World } from "./world.ts";

// Everything that actions and parameters can name, enabled or not. Where a bound lets nothing of an action happen,
// nothing is open, and one move stands for all.

/**
 * With more messages than this, as in simulations, cuts that are refused are left out: there are too many of them. What
 * is refused is compared in graphs alone, and no model that is exhausted has more.
 */
const FEW_MESSAGES = 2;

/** All moves at a world: with every choice that could be named where there is one, most of which are refused. */
export function* moves(bounds: Bounds, subsets: readonly (readonly Process[])[], world: World): Iterable<Move> {
  const { processes, steps } = bounds;
  const isLarge = steps === "larger";
  for (const process of processes) {
    yield { type: "Deliver", process };
    yield { type: "Crash", process };
    if (!isLarge) {
      yield { type: "Move", process };
      yield { type: "Install", process };
    } else {
      yield { type: "Leave", process };
      yield* failing(world, process);
    }
    yield* sends(bounds, world, process);
    for (const number of numbers(bounds, world, [process])) yield { type: "Recover", process, number };
    yield* repairs(bounds, world, process);
  }
  for (const members of subsets) yield* forms(bounds, world, members);
}

/** A process that is leaving crashes after any number of events, and after more than it has. */
function* failing(world: World, process: Process): Iterable<Move> {
  const last = endOf(world.service, process) + 2;
  for (let after = 0; after <= last; after++) yield { type: "CrashLeaving", process, after };
}

function* sends(bounds: Bounds, world: World, process: Process): Iterable<Move> {
  const end = total(world) < bounds.maxMessages ? endOf(world.service, process) + 1 : 1;
  for (const service of bounds.services) {
    for (let at = 1; at <= end; at++) yield { type: "Send", process, service, at };
  }
}

function* repairs(bounds: Bounds, world: World, process: Process): Iterable<Move> {
  const conf = world.service.conf[process] ?? null;
  const left = conf === null ? [] : rest(world.service, conf);
  // Who does not belong to the rest is refused whatever it says.
  const members = left.length > 0 || conf === null ? left : [process];
  for (const number of numbers(bounds, world, members)) {
    for (const { held, bound } of cuts(bounds, world, members, members)) {
      yield { type: "Repair", process, number, held, bound };
    }
  }
}

/** The numbers to try: all that there are, or the least one that is allowed and the one below, which is not. */
function numbers(bounds: Bounds, { service }: World, members: readonly Process[]): readonly number[] {
  const least = leastNumber(service, members);
  if (bounds.numbers === "least") return [least, least - 1];
  return Array.from({ length: lastNumber(bounds) + 1 }, (_, number) => number);
}

function* forms(bounds: Bounds, world: World, members: readonly Process[]): Iterable<Move> {
  const { service, changes } = world;
  const sets = members.every((process) => service.conf[process] !== null) ? setsOf(world, members) : [];
  const [one] = sets;
  if (one === undefined || changes >= bounds.maxChanges) {
    const all = one === undefined ? [] : [{ members: one, acknowledge: one, held: 0, bound: 0 }];
    yield { type: "Form", members, number: leastNumber(service, members), sets: all };
    return;
  }
  const choices = sets.map((set) => [undefined, ...choicesOf(bounds, world, set)]);
  for (const number of numbers(bounds, world, members)) {
    for (const chosen of product(choices)) {
      yield { type: "Form", members, number, sets: chosen.filter((set) => set !== undefined) };
    }
  }
}

/** The transitional sets of a proposal. */
export function setsOf({ service }: World, members: readonly Process[]): readonly (readonly Process[])[] {
  return members
    .map((process) => transitionalSet(service, members, process))
    .filter((set, at) => set[0] === members[at]);
}

/** Every cut of a set, with every part of it that could acknowledge, also nobody. */
function choicesOf(bounds: Bounds, world: World, members: readonly Process[]): readonly CommittingSet[] {
  return subsetsOf(members).flatMap((acknowledge) => cuts(bounds, world, members, acknowledge));
}

/** The cuts of a set, also those that it may not take; one where there is no set that could take any. */
function cuts(
  { maxMessages }: Bounds,
  { service }: World,
  members: readonly Process[],
  acknowledge: readonly Process[],
): readonly CommittingSet[] {
  if (maxMessages > FEW_MESSAGES && members.length > 0) return cutsOf(service, members, acknowledge);
  const end = endOf(service, members[0] ?? "");
  const all: CommittingSet[] = [];
  for (let held = 0; held <= end; held++) {
    for (let bound = 0; bound <= end; bound++) all.push({ members, acknowledge, held, bound });
  }
  return all;
}

/** All subsets, each in the order of the whole. */
export function subsetsOf<T>(items: readonly T[]): T[][] {
  const all: T[][] = [[]];
  for (const item of items) all.push(...all.map((subset) => [...subset, item]));
  return all;
}

function* product<T>(choices: readonly (readonly T[])[]): Iterable<readonly T[]> {
  const [first, ...others] = choices;
  if (first === undefined) {
    yield [];
    return;
  }
  for (const rest of product(others)) for (const one of first) yield [one, ...rest];
}
