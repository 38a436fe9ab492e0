import type { Message, Row } from "../../../impl/evs/ordering/index.ts";
import type { Properties } from "../../engine/contract.ts";
import { isBefore, isPrefix, orderOf, sentIn } from "./image.ts";
import { type Bounds, isOne, isSame, payloadOf, stateOf, storeOf, type World } from "./world.ts";

// The properties of `OrderingProperties.tla` once more, over worlds. What a process has is what it keeps and what its
// effects have delivered, as in the projection.

const noRow: Row = { sequence: 0, lts: 0, aru: 0 };

/** The properties of the specification, by its names; the last two invariants are ours. */
export function orderingProperties(bounds: Bounds): Properties<World> {
  const holding = (holds: (bounds: Bounds, world: World) => boolean) => (world: World) => holds(bounds, world);
  return {
    invariants: [
      { name: "TypeOK", holds: holding(typeOk) },
      { name: "OrderIsTotal", holds: holding(orderIsTotal) },
      { name: "InOrder", holds: holding(inOrder) },
      { name: "SafeIsHeld", holds: holding(safeIsHeld) },
      { name: "RowsAreTrue", holds: holding(rowsAreTrue) },
      { name: "AruIsTrue", holds: holding(aruIsTrue) },
      { name: "NothingForeign", holds: holding(nothingForeign) },
      { name: "FlowControl", holds: holding(flowControl) },
      { name: "LackedIsKept", holds: holding(lackedIsKept) },
      { name: "PayloadsAreKept", holds: holding(payloadsAreKept) },
      { name: "NothingIsKeptTwice", holds: holding(nothingIsKeptTwice) },
    ],
    steps: [{ name: "RowsNeverFall", holds: (before, after) => rowsNeverFall(bounds, before, after) }],
    atRest: [{ name: "EverythingIsDelivered", holds: holding(everythingIsDelivered) }],
  };
}

/** What the types of a world leave open of the specification's type predicate. @spec Ordering!TypeOK */
function typeOk(bounds: Bounds, world: World): boolean {
  const isMember = (name: string): boolean => bounds.members.includes(name);
  const isMessage = (one: Message): boolean => isMember(one.sender) && one.number >= 1 && one.lts >= 1;
  const isRow = (row: Row | undefined): boolean =>
    row !== undefined &&
    [row.sequence, row.lts, row.aru].every((number) => Number.isSafeInteger(number) && number >= 0);
  return (
    bounds.members.every(
      (p) =>
        bounds.members.every((q) => isRow(stateOf(world, p).site[q])) &&
        storeOf(world, p).every((one) => isMessage(one)),
    ) &&
    world.updates.every(({ sender, row }) => isMember(sender) && isRow(row)) &&
    world.copies.every(({ to, message }) => isMember(to) && holdsExactly(world, message.sender, message)) &&
    world.requests.every(({ from, of }) => isMember(from) && isMember(of) && from !== of)
  );
}

/** No two messages of a sender have one timestamp. @spec OrderingProperties!OrderIsTotal */
function orderIsTotal(bounds: Bounds, world: World): boolean {
  const sent = sentIn(bounds, world);
  return sent.every((one) =>
    sent.every((other) => one === other || isBefore(bounds, one, other) || isBefore(bounds, other, one)),
  );
}

/** @spec OrderingProperties!InOrder */
function inOrder(bounds: Bounds, world: World): boolean {
  const order = orderOf(bounds, world);
  return bounds.members.every((p) => isPrefix(world.delivered[p] ?? [], order));
}

/** @spec OrderingProperties!SafeIsHeld */
function safeIsHeld(bounds: Bounds, world: World): boolean {
  const order = orderOf(bounds, world);
  return bounds.members.every((p) =>
    (world.delivered[p] ?? []).every((message) => {
      if (message.service !== "safe") return true;
      const upto = order.filter((one) => isOne(one, message) || isBefore(bounds, one, message));
      return bounds.members.every((q) => upto.every((one) => holdsExactly(world, q, one)));
    }),
  );
}

/** @spec OrderingProperties!RowsAreTrue */
function rowsAreTrue(bounds: Bounds, world: World): boolean {
  return bounds.members.every((p) => bounds.members.every((q) => covers(rowOf(world, q, q), rowOf(world, p, q))));
}

/** @spec OrderingProperties!AruIsTrue */
function aruIsTrue(bounds: Bounds, world: World): boolean {
  const sent = sentIn(bounds, world);
  return bounds.members.every((p) => {
    const { aru } = rowOf(world, p, p);
    return (
      sent.every((message) => message.lts > aru || holdsExactly(world, p, message)) &&
      bounds.members.every((q) => aru <= rowOf(world, q, q).lts)
    );
  });
}

/** @spec OrderingProperties!NothingForeign */
function nothingForeign(bounds: Bounds, world: World): boolean {
  return bounds.members.every((p) =>
    storeOf(world, p).every((message) => holdsExactly(world, message.sender, message)),
  );
}

/** The own messages of a process that somebody lacks. @spec OrderingProperties!LackedOf */
function lackedOf(bounds: Bounds, world: World, p: string): readonly Message[] {
  const own = storeOf(world, p).filter(({ sender }) => sender === p);
  return own.filter((message) => bounds.members.some((q) => !holdsExactly(world, q, message)));
}

/** @spec OrderingProperties!FlowControl */
function flowControl(bounds: Bounds, world: World): boolean {
  return bounds.members.every((p) => lackedOf(bounds, world, p).length <= bounds.window);
}

/**
 * Kept means kept: what is only known to have been delivered can be sent to nobody.
 *
 * @spec OrderingProperties!LackedIsKept
 */
function lackedIsKept(bounds: Bounds, world: World): boolean {
  return bounds.members.every((p) => {
    const stable = Math.min(...bounds.members.map((q) => rowOf(world, p, q).aru));
    const kept = (stateOf(world, p).store[p] ?? []).filter(({ lts }) => lts > stable);
    return lackedOf(bounds, world, p).every((message) => kept.some((one) => isOne(one, message)));
  });
}

/** What was sent is what is kept and delivered, to the letter. */
function payloadsAreKept(bounds: Bounds, world: World): boolean {
  return bounds.members.every((p) =>
    storeOf(world, p).every(({ sender, number, service, payload }) => payload === payloadOf(sender, number, service)),
  );
}

/** No message is in a store twice, or in it after it was forgotten, and none is delivered twice. */
function nothingIsKeptTwice(bounds: Bounds, world: World): boolean {
  return bounds.members.every((p) => {
    const { store, forgotten } = stateOf(world, p);
    const delivered = world.delivered[p] ?? [];
    const keys = delivered.map(({ sender, number }) => `${sender} ${number}`);
    return (
      new Set(keys).size === keys.length &&
      bounds.members.every((q) =>
        (store[q] ?? []).every(({ number }, at, all) => number > (all[at - 1]?.number ?? forgotten[q] ?? 0)),
      )
    );
  });
}

/** @spec OrderingProperties!RowsNeverFall */
function rowsNeverFall(bounds: Bounds, before: World, after: World): boolean {
  return bounds.members.every((p) => bounds.members.every((q) => covers(rowOf(after, p, q), rowOf(before, p, q))));
}

/** What liveness comes to: all that was sent is delivered by all, and nobody is asked for anything. */
function everythingIsDelivered(bounds: Bounds, world: World): boolean {
  const sent = sentIn(bounds, world).length;
  return bounds.members.every((p) => world.delivered[p]?.length === sent);
}

function holdsExactly(world: World, process: string, message: Message): boolean {
  return storeOf(world, process).some((one) => isSame(one, message));
}

function rowOf(world: World, p: string, q: string): Row {
  return stateOf(world, p).site[q] ?? noRow;
}

/** @spec Ordering!Covers */
function covers(newer: Row, older: Row): boolean {
  return newer.sequence >= older.sequence && newer.lts >= older.lts && newer.aru >= older.aru;
}
