import type { Message } from "../../../impl/evs/membership/index.ts";
import type { Invariant } from "../../engine/contract.ts";
import { type Courses, coursesOf } from "../service/history.ts";
import * as specifications from "../service/specifications.ts";
import type { HistoryEvent as ServiceEvent } from "../service/world.ts";
import type { HistoryEvent, World } from "./world.ts";

type ServiceMessage = Extract<ServiceEvent, { readonly type: "fail" }>["sent"][number];

// The specifications of the paper over what the processes did. They know nothing of this protocol, so they are those
// that the service is held against.

const judges: readonly (readonly [string, (courses: Courses) => boolean])[] = [
  ["Spec_1_1", specifications.spec11],
  ["Spec_1_2", specifications.spec12],
  ["Spec_1_3", specifications.spec13],
  ["Spec_1_4", specifications.spec14],
  ["Spec_2_2", specifications.spec22],
  ["Spec_2_3", specifications.spec23],
  ["Spec_2_4", specifications.spec24],
  ["Spec_3", specifications.spec3],
  ["Spec_4", specifications.spec4],
  ["Spec_5", specifications.spec5],
  ["Spec_6_1", specifications.spec61],
  ["Spec_6_2", specifications.spec62],
  ["Spec_6_3", specifications.spec63],
  ["Spec_7_1", specifications.spec71],
  ["Spec_7_2", specifications.spec72],
  ["TransitionalBetween", specifications.transitional],
  ["TransitionalMembers", specifications.transitionalMembers],
  ["Members", specifications.members],
  ["SentBySender", specifications.senders],
];

/** By the names that `MCMembership.tla` gives them. */
export const overHistories: readonly Invariant<World>[] = judges.map(([name, holds]) => ({
  name,
  holds: (world) => holds(coursesIn(world)),
}));

function coursesIn({ history }: World): Courses {
  const known = read.get(history);
  if (known !== undefined) return known;
  const courses = coursesOf(
    Object.fromEntries(Object.entries(history).map(([process, events]) => [process, asTheService(events)])),
  );
  read.set(history, courses);
  return courses;
}

const read = new WeakMap<World["history"], Courses>();

/** The service tells messages apart by what they say. What was read once stays, as long as nothing is added. */
function asTheService(events: readonly HistoryEvent[]): readonly ServiceEvent[] {
  const known = translated.get(events);
  if (known !== undefined) return known;
  const list = Object.freeze(events.map(eventOf));
  translated.set(events, list);
  return list;
}

const translated = new WeakMap<readonly HistoryEvent[], readonly ServiceEvent[]>();

function eventOf(event: HistoryEvent): ServiceEvent {
  switch (event.type) {
    case "conf":
      return { type: "conf", conf: event.conf };
    case "send":
    case "deliver":
      return { type: event.type, conf: event.conf, message: messageOf(event.message) };
    case "fail":
      return { type: "fail", conf: event.conf, sent: event.sent.map(messageOf) };
  }
}

function messageOf({ sender, number, service }: Message): ServiceMessage {
  return { sender, service, body: number };
}
