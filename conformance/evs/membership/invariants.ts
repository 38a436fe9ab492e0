import type { Configuration, Member, State } from "../../../impl/evs/membership/index.ts";
import type { Properties } from "../../engine/contract.ts";
import { overHistories } from "./specifications.ts";
import { type Bounds, nameOf, payloadOf, stateOf, trafficOf, type World } from "./world.ts";

// The properties of `Membership.tla` once more, over worlds. What a process has is what it keeps and what it no longer
// needs to keep, as in the projection.

/** The properties of the specification, by its names; those behind them, and what holds at rest, are ours. */
export function membershipProperties(bounds: Bounds): Properties<World> {
  const holding = (holds: (bounds: Bounds, world: World) => boolean) => (world: World) => holds(bounds, world);
  return {
    invariants: [
      { name: "TypeOK", holds: holding(typeOk) },
      { name: "BoundIsHeld", holds: holding(boundIsHeld) },
      { name: "MoveTogether", holds: holding(moveTogether) },
      { name: "ObligedToNobody", holds: holding(obligedToNobody) },
      ...(bounds.histories ? overHistories : []),
      { name: "OneProposalIsKnown", holds: holding(oneProposalIsKnown) },
      { name: "NoMoreThanKept", holds: holding(noMoreThanKept) },
      { name: "PayloadsAreKept", holds: holding(payloadsAreKept) },
    ],
    steps: [],
    atRest: [{ name: "Settled", holds: holding(settled) }],
  };
}

/** The processes that are up, with their states. */
function up(bounds: Bounds, world: World): readonly (readonly [Member, State])[] {
  return bounds.processes.flatMap((process) => {
    const state = stateOf(world, process);
    return state === undefined ? [] : [[process, state] as const];
  });
}

/** What the types of a world leave open of the specification's type predicate. @spec Membership!TypeOK */
function typeOk(bounds: Bounds, world: World): boolean {
  const most = bounds.maxChanges + 1;
  return (
    bounds.processes.every((process) => (world.disk[process] ?? -1) >= 0 && (world.disk[process] ?? 0) <= most) &&
    up(bounds, world).every(([process, state]) => {
      const { mode, conf, proposal, number, report, acks } = state;
      const sent = trafficOf(world, conf)?.order.length ?? 0;
      const commits = mode === "recovery" || mode === "transitional";
      return (
        conf.members.includes(process) &&
        conf.number <= number &&
        number === world.disk[process] &&
        state.store.every(({ place }) => place <= sent) &&
        commits === (proposal !== null) &&
        (proposal === null ||
          (proposal.number <= most &&
            proposal.members.includes(process) &&
            proposal.members.every((member) => report[member] !== undefined) &&
            acks.every((member) => proposal.members.includes(member))))
      );
    })
  );
}

/** @spec Membership!IsComplete */
function isComplete({ proposal, acks }: State): boolean {
  return proposal?.members.every((member) => acks.includes(member)) ?? false;
}

function hasPlace({ forgotten, store }: State, place: number): boolean {
  return place <= forgotten || store.some((entry) => entry.place === place);
}

/** @spec Membership!Prefix */
function prefix(state: State): number {
  let upto = state.forgotten;
  while (hasPlace(state, upto + 1)) upto++;
  return upto;
}

/** @spec Membership!BoundIsHeld */
function boundIsHeld(bounds: Bounds, world: World): boolean {
  return up(bounds, world).every(
    ([, state]) => state.mode !== "recovery" || !isComplete(state) || state.bound <= prefix(state),
  );
}

/** @spec Membership!Script */
function scriptOf(world: World, state: State): readonly number[] {
  const held = prefix(state);
  const order = trafficOf(world, state.conf)?.order ?? [];
  const isObliged = (place: number): boolean => state.obliged.includes(order[place - 1]?.sender ?? "");
  const places = order.map((_, at) => at + 1);
  return places.filter((place) => place <= held || (hasPlace(state, place) && isObliged(place)));
}

/** @spec Membership!MoveTogether */
function moveTogether(bounds: Bounds, world: World): boolean {
  const states = up(bounds, world).filter(([, state]) => state.proposal !== null && isComplete(state));
  return states.every(([, one]) =>
    up(bounds, world).every(([, other]) => {
      if (one.proposal === null || other.proposal === null) return true;
      if (nameOf(one.proposal) !== nameOf(other.proposal) || nameOf(one.conf) !== nameOf(other.conf)) return true;
      return one.bound === other.bound && scriptOf(world, one).join() === scriptOf(world, other).join();
    }),
  );
}

/** @spec Membership!ObligedToNobody */
function obligedToNobody(bounds: Bounds, world: World): boolean {
  return up(bounds, world).every(([, { mode, obliged }]) => mode !== "operational" || obliged.length === 0);
}

/** All members of a proposal know the same of it; the projection shows what one of them knows. */
function oneProposalIsKnown(bounds: Bounds, world: World): boolean {
  const known = new Map<string, string>();
  return up(bounds, world).every(([, { proposal, report, acks }]) => {
    if (proposal === null) return true;
    const [name, text] = [nameOf(proposal), JSON.stringify([proposal.members.map((member) => report[member]), acks])];
    if (!known.has(name)) known.set(name, text);
    return known.get(name) === text;
  });
}

/**
 * What liveness comes to where nothing changes any more: who has committed with others that all stay with it has
 * installed the proposal, and members that are all in one configuration have delivered all that was sent there.
 */
function settled(bounds: Bounds, world: World): boolean {
  return up(bounds, world).every(([, { mode, proposal, conf, place }]) => {
    if (proposal !== null) return mode === "recovery" && !proposal.members.every((one) => isWith(world, one, proposal));
    const areAllThere = conf.members.every((one) => {
      const state = stateOf(world, one);
      return state?.mode === "operational" && nameOf(state.conf) === nameOf(conf);
    });
    return !areAllThere || place === (trafficOf(world, conf)?.order.length ?? 0);
  });
}

/** Whether a process has committed to a configuration, or has installed it. */
function isWith(world: World, process: Member, conf: Configuration): boolean {
  const state = stateOf(world, process);
  return (
    state !== undefined && [state.conf, state.proposal].some((one) => one !== null && nameOf(one) === nameOf(conf))
  );
}

/** What is kept is bounded, and each place is kept once. */
function noMoreThanKept(bounds: Bounds, world: World): boolean {
  return up(bounds, world).every(([, { mode, store, recovered, forgotten }]) => {
    const most = mode === "operational" ? bounds.keep : 2 * bounds.keep;
    const places = [...store, ...recovered].map(({ place }) => place);
    return (
      places.every((place) => place > forgotten && place <= forgotten + most) && new Set(places).size === places.length
    );
  });
}

/** What was sent is what is kept, at its place, to the letter. */
function payloadsAreKept(bounds: Bounds, world: World): boolean {
  return up(bounds, world).every(([, { conf, store }]) => {
    const order = trafficOf(world, conf)?.order ?? [];
    return store.every(({ place, message }) => {
      const sent = order[place - 1];
      const { sender, number, service, payload } = message;
      return sent?.sender === sender && sent.number === number && payload === payloadOf(sender, number, service);
    });
  });
}
