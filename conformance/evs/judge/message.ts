import {
  type Closure,
  type Configuration,
  entriesOf,
  heldDeliveries,
  type Member,
  type Message,
  newMessage,
  newSending,
  type Sending,
  told,
} from "./closure.ts";
import { cycleThrough } from "./cycle.ts";
import type { Desk } from "./desk.ts";
import type { Service } from "./event.ts";
import type { Vertex } from "./order.ts";
import { release } from "./release.ts";
import { MEANING } from "./specification.ts";

/** A member sends a message whose number it has not used before. */
export function send(desk: Desk, closure: Closure, member: Member, number: number, service: Service): void {
  const known = closure.messages[member.number]?.get(number);
  const message = known ?? hold(desk, closure, member.number, number);
  const sending = newSending({
    message,
    service,
    line: desk.line,
    at: member.events++,
    causes: causesOf(member),
    isCaused: member.sends > 0 || member.visits.some(({ delivered }) => delivered > 0),
  });
  message.sending = sending;
  desk.hold(sending.causes.length);
  if (member.sends === 0) member.first = number;
  member.greatest = number;
  member.sends++;
  member.sent = message;
  member.sentAt = sending.at;
  // Where nothing that is held precedes it, it can be on no cycle.
  if (member.last === undefined || member.last.gone) {
    sending.gone = true;
    member.last = sending;
  } else {
    desk.order.add(sending);
    follow(desk, closure, member, sending);
    if (known === undefined) desk.order.precede(sending, message);
  }
  if (known !== undefined) afterDelivery(desk, closure, message, sending);
  release(desk, closure, message);
}

/** Where deliveries of a message are known before it is sent, they are held against its sending now. */
function afterDelivery(desk: Desk, closure: Closure, message: Message, sending: Sending): void {
  desk.findings.compare("1.3", message.count);
  const own = message.deliveries[message.sender];
  if (own !== undefined) {
    const { name = "" } = closure.members[message.sender] ?? {};
    const says = `${name} sends ${told(closure, message)} after it has delivered it`;
    desk.findings.violate(["1.3"], says, [own.line, sending.line]);
  } else if (!sending.gone && !desk.order.precede(sending, message)) blame(desk, closure, sending, message.sender);
  for (const member of closure.members) checkCauses(desk, closure, message, member);
}

/** A member delivers a message; `sender` is a member as well. */
export function deliver(desk: Desk, closure: Closure, member: Member, sender: Member, number: number): void {
  const known = closure.messages[sender.number]?.get(number);
  if (known === undefined && number <= sender.dropped) {
    deliveredAgain(desk, member, sender, number);
    return;
  }
  const message = known ?? hold(desk, closure, sender.number, number);
  const before = message.deliveries[member.number];
  const visit = member.visits.at(-1);
  if (visit === undefined) throw new Error(`${member.name} is in no configuration`);
  desk.findings.compare("1.4");
  if (before !== undefined) {
    deliveredTwice(desk, closure, member, message, before.line);
    return;
  }
  const { configuration } = visit;
  message.deliveries[member.number] = { configuration, line: desk.line, at: member.events++ };
  message.count++;
  visit.delivered++;
  if (!configuration.isRegular) message.isUniform = false;
  if (message.count > 1) {
    desk.findings.compare("6.1");
    desk.findings.compare("6.2");
  }
  member.delivered.push(message);
  if (member.delivered.length >= member.room) heldDeliveries(member);
  follow(desk, closure, member, message);
  if (message.sending !== undefined) {
    desk.findings.compare("1.3");
    checkCauses(desk, closure, message, member);
  }
  release(desk, closure, message);
}

/** A member installs a transitional configuration of its closure. */
export function shift(desk: Desk, closure: Closure, member: Member, configuration: Configuration): void {
  const others = configuration.installed.size;
  if (others > 0) {
    desk.findings.compare("2.3");
    desk.findings.compare("2.4");
  }
  configuration.installed.set(member.number, { line: desk.line, at: member.events++ });
  follow(desk, closure, member, configuration);
}

function hold(desk: Desk, closure: Closure, sender: number, number: number): Message {
  const message = newMessage(sender, number, closure.members.length);
  desk.hold(entriesOf(message));
  closure.messages[sender]?.set(number, message);
  desk.order.add(message);
  return message;
}

/** Puts an event behind the last one of its member. */
function follow(desk: Desk, closure: Closure, member: Member, vertex: Vertex): void {
  const { last } = member;
  member.last = vertex;
  desk.findings.compare("1.1");
  if (last !== undefined && !desk.order.precede(last, vertex)) blame(desk, closure, vertex, member.number);
}

/**
 * What a member has delivered since it last sent, and what it sent then. Whatever else its next message depends on,
 * that message did as well, and specification 5 was judged of it.
 */
function causesOf({ number, sent, sentAt, delivered }: Member): Message[] {
  const causes = sent === undefined || sent.gone ? [] : [sent];
  for (let index = delivered.length - 1; index >= 0; index--) {
    const message = delivered[index];
    if (message === undefined || (message.deliveries[number]?.at ?? -1) < sentAt) break;
    if (!message.gone && message !== sent) causes.push(message);
  }
  return causes;
}

/**
 * Specification 5, of one delivery of a message whose sending is known. What its sender had delivered counts as what
 * precedes the sending, be it seen to be sent or not: section 2.1 notes that this follows from 5 and 1.3.
 */
function checkCauses(desk: Desk, closure: Closure, message: Message, { number, name }: Member): void {
  const { sending } = message;
  const delivery = message.deliveries[number];
  if (sending === undefined || delivery === undefined || !sending.isCaused) return;
  desk.findings.compare("5");
  // What is no longer held has been delivered by all; see release.ts.
  for (const cause of sending.causes) {
    const earlier = cause.deliveries[number];
    if (cause === message || cause.gone || (earlier !== undefined && earlier.at < delivery.at)) continue;
    const says = `${name} delivers ${told(closure, message)} without ${told(closure, cause)}, which precedes its sending`;
    const shown = cause.sending ?? cause.deliveries[message.sender];
    desk.findings.violate(["5"], says, [shown?.line ?? sending.line, sending.line, delivery.line]);
  }
}

function deliveredTwice(desk: Desk, closure: Closure, { name }: Member, message: Message, line: number): void {
  const says = `${name} delivers ${told(closure, message)} a second time`;
  desk.findings.violate(["1.4"], says, [line, desk.line]);
}

/** A number that is not above those of messages that all have delivered and that are no longer held. */
function deliveredAgain(desk: Desk, { name }: Member, sender: Member, number: number): void {
  desk.findings.compare("1.4");
  const { first, greatest, sends } = sender;
  const isDense = greatest - first + 1 === sends;
  const what = `${name} delivers message ${number} of ${sender.name}`;
  if (isDense && number >= first)
    desk.findings.violate(["1.4"], `${what}, which all have delivered before`, [desk.line]);
  else if (isDense) desk.findings.violate(["1.3"], `${what}, which was not sent in this configuration`, [desk.line]);
  else {
    const says = `${what}, which was not sent in this configuration, or all have delivered it before`;
    desk.findings.violate(["1.3", "1.4"], says, [desk.line]);
  }
}

function blame(desk: Desk, closure: Closure, vertex: Vertex, member: number): void {
  if (!desk.findings.isOpen) {
    desk.findings.more++;
    return;
  }
  const { specifications, lines } = cycleThrough(closure, vertex, member);
  const meant = specifications.map((one) => MEANING[one]).join("; ");
  desk.findings.violate(
    specifications,
    `each of these events precedes the next, and the last the first: ${meant}`,
    lines,
  );
}
