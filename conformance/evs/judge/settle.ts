import {
  type Closure,
  type Configuration,
  configurations,
  type Delivery,
  held,
  heldDeliveries,
  isOut,
  type Member,
  type Message,
  told,
} from "./closure.ts";
import type { Desk } from "./desk.ts";

/** What is said of the end of a recording. */
export interface End {
  readonly isComplete: boolean;
  /** The greatest number that a process has sent anywhere, -1 where there is none. */
  readonly greatest: (process: string) => number;
}

/**
 * Judges what is owed in a closure: once all members are out of it, or at the end of a recording. Of members that are
 * still in it nothing is owed, unless the recording is complete; of those that failed, nothing but what they delivered
 * out of order.
 */
export function settle(desk: Desk, closure: Closure, end?: End): void {
  const isComplete = end?.isComplete === true;
  const owes = (member: Member): boolean => isOut(member) || isComplete;
  for (const message of held(closure)) {
    // Numbers grow, so that a sender that has sent a greater one will not send this one any more.
    const isPast = ({ name }: Member): boolean => (end?.greatest(name) ?? -1) >= message.number;
    sentAtAll(desk, closure, message, (sender) => owes(sender) || isPast(sender));
    deliveredByItsSender(desk, closure, message, owes);
    deliveredAsSafe(desk, closure, message, owes);
  }
  for (const configuration of configurations(closure)) deliveredAlike(desk, closure, configuration, isComplete);
  deliveredInOrder(desk, closure);
}

type Owes = (member: Member) => boolean;

/** 1.3: there is a sending, in this configuration. */
function sentAtAll({ findings }: Desk, closure: Closure, message: Message, owes: Owes): void {
  const sender = closure.members[message.sender];
  if (message.sending !== undefined || sender === undefined || !owes(sender)) return;
  const lines = deliveriesOf(message).map(({ line }) => line);
  findings.compare("1.3", lines.length);
  findings.violate(["1.3"], `${told(closure, message)} is delivered in ${closure.id}, and was not sent there`, [
    ...lines,
    ...lineOf(sender.out),
  ]);
}

/** 3: who sent a message has delivered it. */
function deliveredByItsSender({ findings }: Desk, closure: Closure, message: Message, owes: Owes): void {
  const sender = closure.members[message.sender];
  const { sending } = message;
  if (sending === undefined || sender === undefined || sender.status === "failed" || !owes(sender)) return;
  findings.compare("3");
  if (message.deliveries[sender.number] !== undefined) return;
  const lines = [sending.line, ...lineOf(sender.out)];
  findings.violate(["3"], `${sender.name} does not deliver ${told(closure, message)}, its own`, lines);
}

/** 7.1 and 7.2: what safe delivery in a configuration promises of each of its members. */
function deliveredAsSafe({ findings }: Desk, closure: Closure, message: Message, owes: Owes): void {
  if (message.sending?.service !== "safe") return;
  const inRegular = deliveriesOf(message).find(({ configuration }) => configuration.isRegular);
  for (const member of closure.members) {
    if (!owes(member)) continue;
    const isInstalled = member.status !== "absent" && member.status !== "passed";
    if (inRegular !== undefined) findings.compare("7.2");
    if (inRegular !== undefined && !isInstalled) {
      const says = `${told(closure, message)} is delivered as safe in ${closure.id}, which ${member.name} never installs`;
      findings.violate(["7.2"], says, [inRegular.line, ...lineOf(member.out)]);
    }
    // Who never installs the regular configuration has no com(c), and 7.2 is what forbids that.
    const where = deliveriesOf(message).find(
      ({ configuration }) => configuration.members.has(member.number) && (isInstalled || !configuration.isRegular),
    );
    if (where === undefined) continue;
    findings.compare("7.1");
    if (message.deliveries[member.number] !== undefined || member.status === "failed") continue;
    const says = `${member.name} neither delivers ${told(closure, message)}, delivered as safe in ${where.configuration.id}, nor fails`;
    findings.violate(["7.1"], says, [where.line, ...lineOf(member.out)]);
  }
}

/** 4: members that go on together from a configuration to the next; at the end of all, those that stay. */
function deliveredAlike({ findings }: Desk, closure: Closure, configuration: Configuration, isComplete: boolean): void {
  const groups = new Map<string, Member[]>();
  for (const member of closure.members) {
    const visit = member.visits.find((one) => one.configuration === configuration);
    const next = visit?.next ?? (isComplete && member.status === "in" ? "" : undefined);
    if (visit !== undefined && next !== undefined) groups.set(next, [...(groups.get(next) ?? []), member]);
  }
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    findings.compare("4", group.length - 1);
    for (const message of held(closure)) {
      const [one] = group.filter(({ number }) => message.deliveries[number]?.configuration === configuration);
      const other = group.find(({ number }) => message.deliveries[number]?.configuration !== configuration);
      if (one === undefined || other === undefined) continue;
      const says = `${one.name} delivers ${told(closure, message)} in ${configuration.id} and ${other.name}, which goes on with it, does not`;
      const line = message.deliveries[one.number]?.line;
      findings.violate(["4"], says, [...lineOf(line), ...lineOf(leaving(other, configuration))]);
    }
  }
}

/** The line at which a member went on from a configuration. */
function leaving(member: Member, configuration: Configuration): number | undefined {
  const at = member.visits.findIndex((visit) => visit.configuration === configuration);
  return member.visits[at + 1]?.line ?? member.out;
}

/** 6.3: who delivers a message has delivered what another, who delivers it as well, delivered before it. */
function deliveredInOrder(desk: Desk, closure: Closure): void {
  const deliverers = closure.members.filter((member) => heldDeliveries(member).length > 0);
  for (const other of deliverers) {
    const found = new Set<Message>();
    for (const one of deliverers) if (one !== other) holes(desk, closure, one, other, found);
  }
}

function holes({ findings }: Desk, closure: Closure, one: Member, other: Member, found: Set<Message>): void {
  /** By sender, the first that only the one has delivered. */
  const missing = new Map<number, Message>();
  for (const message of heldDeliveries(one)) {
    const delivery = message.deliveries[other.number];
    if (delivery === undefined) {
      if (!missing.has(message.sender)) missing.set(message.sender, message);
      continue;
    }
    findings.compare("6.3");
    for (const [sender, hole] of missing) {
      if (found.has(hole) || !delivery.configuration.members.has(sender)) continue;
      found.add(hole);
      const says = `${other.name} delivers ${told(closure, message)} without ${told(closure, hole)}, which comes before it at ${one.name}`;
      const lines = [hole, message].map(({ deliveries }) => deliveries[one.number]?.line ?? delivery.line);
      findings.violate(["6.3"], says, [...lines, delivery.line]);
    }
  }
}

function deliveriesOf({ deliveries }: Message): Delivery[] {
  return deliveries.filter((delivery) => delivery !== undefined);
}

function lineOf(line: number | undefined): number[] {
  return line === undefined ? [] : [line];
}
