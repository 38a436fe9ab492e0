import { type Closure, entriesOf, held, heldDeliveries, type Member, type Message } from "./closure.ts";
import type { Desk } from "./desk.ts";
import type { Vertex } from "./order.ts";

/**
 * Lets go of a vertex, and of what it held back, once no later line of the recording can say anything against it:
 *
 * - nothing that is held precedes it, and nothing can come to, since every member that may still record an event has
 *   this one behind it; so it is on no cycle;
 * - it is a sending; or a message that is known to be sent and that every member has delivered in the regular
 *   configuration. Members that failed in it without any deliveries that are still held do not count: 3 and 7 excuse
 *   them, they went on with nobody (4), and there is nothing to hold 6.3 against.
 *
 * Delivered so, a message agrees with 1.3, 3, 4, 5, 6.3, 7.1 and 7.2, whatever comes.
 */
export function release(desk: Desk, closure: Closure, from: Vertex): void {
  if (!canGo(closure, from)) return;
  const waiting: Vertex[] = [from];
  let released = 0;
  for (let vertex = waiting.pop(); vertex !== undefined; vertex = waiting.pop()) {
    if (!canGo(closure, vertex)) continue;
    for (const after of vertex.after) waiting.push(after);
    if (vertex.kind === "message") count(desk, closure, vertex as Message);
    desk.order.remove(vertex);
    if (vertex.kind === "message") drop(desk, closure, vertex as Message);
    released++;
  }
  if (released > 0 && closure.failed > 0) afterFailures(desk, closure);
}

function canGo(closure: Closure, vertex: Vertex): boolean {
  if (vertex.gone || vertex.before.length > 0) return false;
  return vertex.kind === "sending" || (vertex.kind === "message" && isDone(closure, vertex as Message));
}

/** Goes through all that is held after a member has failed, or has nothing held any more since it has. */
export function releaseAll(desk: Desk, closure: Closure): void {
  for (const message of [...held(closure)]) {
    if (message.sending !== undefined) release(desk, closure, message.sending);
    release(desk, closure, message);
  }
}

/** A member failed in the regular configuration, and nothing that it delivered is held. */
function isSpent({ status, visits, delivered }: Member): boolean {
  return status === "failed" && visits.length === 1 && delivered.length === 0;
}

function afterFailures(desk: Desk, closure: Closure): void {
  const unspent = closure.members.filter((member) => member.status === "failed" && !isSpent(member));
  const spent = unspent.filter((member) => heldDeliveries(member).length === 0);
  if (spent.length > 0) releaseAll(desk, closure);
}

function isDone(closure: Closure, { sending, isUniform, count: delivered, deliveries }: Message): boolean {
  const { members, failed } = closure;
  if (sending === undefined || !isUniform || delivered < members.length - failed) return false;
  return (
    delivered === members.length ||
    members.every((member) => deliveries[member.number] !== undefined || isSpent(member))
  );
}

function count({ findings }: Desk, { members }: Closure, message: Message): void {
  findings.compare("3");
  findings.compare("6.3", Math.max(0, message.count - 1));
  if (message.sending?.service !== "safe") return;
  findings.compare("7.1", members.length);
  findings.compare("7.2", members.length);
}

function drop(desk: Desk, closure: Closure, message: Message): void {
  const { sender, number } = message;
  const member = closure.members[sender];
  closure.messages[sender]?.delete(number);
  if (member !== undefined) member.dropped = Math.max(member.dropped, number);
  desk.release(entriesOf(message));
  // What it depends on would hold all that came before.
  message.sending = undefined;
}
