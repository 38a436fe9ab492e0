import {
  at,
  type Course,
  deliversIn,
  failsIn,
  isAcyclic,
  leaves,
  messageText,
  type Need,
  type Noted,
  proceeds,
} from "./history.ts";
import { isRegular } from "./world.ts";

// `EVSSpecifications.tla` once more, under the same names: what each means, and where the letter of the paper is
// departed from, stands there.

type Courses = readonly Course[];

/** Where each text is in each course. */
function placesOf(all: Courses, text: (noted: Noted) => string | undefined): ReadonlyMap<string, Need[]> {
  const found = new Map<string, Need[]>();
  for (const [course, { events }] of all.entries()) {
    for (const [place, noted] of events.entries()) {
      const key = text(noted);
      if (key === undefined) continue;
      const needs = found.get(key);
      if (needs === undefined) found.set(key, [{ course, count: place + 1 }]);
      else needs.push({ course, count: place + 1 });
    }
  }
  return found;
}

/** The sends of a message precede its deliveries (1.3). @spec EVSSpecifications!Sent */
function sent(all: Courses): (noted: Noted) => readonly Need[] {
  const sends = placesOf(all, ({ event, message }) => (event.type === "send" ? message : undefined));
  return ({ event, message }) => (event.type === "deliver" ? (sends.get(message) ?? []) : []);
}

/** What one event is elsewhere too. @spec EVSSpecifications!IsSame */
function same({ event, conf, message }: Noted): string | undefined {
  if (event.type === "conf") return `conf ${conf}`;
  return event.type === "deliver" ? `deliver ${message}` : undefined;
}

/** What precedes an event elsewhere that is the same precedes this. @spec EVSSpecifications!BeforeSame */
function beforeSame(all: Courses): (course: number, noted: Noted) => readonly Need[] {
  const places = placesOf(all, same);
  return (course, noted) =>
    (places.get(same(noted) ?? "") ?? [])
      .filter((need) => need.course !== course)
      .map((need) => ({ course: need.course, count: need.count - 1 }));
}

// ---------------------------------------------------------------------------------------------------------------------
// Basic delivery, and delivery of configuration changes

/** @spec EVSSpecifications!Spec_1_1 */
export function spec11(all: Courses): boolean {
  const needs = sent(all);
  return isAcyclic(all, (_, __, noted) => needs(noted));
}

/** @spec EVSSpecifications!Spec_1_2 */
export function spec12(all: Courses): boolean {
  return all.every(({ events }) => new Set(events.map(({ text }) => text)).size === events.length);
}

/** @spec EVSSpecifications!Spec_1_3 */
export function spec13(all: Courses): boolean {
  const sends = new Set(all.flatMap((course) => course.sends.map((place) => within(at(course, place)))));
  return all.every((course) =>
    course.deliveries.every((place) => {
      const { message, reg } = at(course, place);
      return sends.has(`${message} ${reg}`);
    }),
  );
}

function within({ message, conf }: Noted): string {
  return `${message} ${conf}`;
}

/** @spec EVSSpecifications!Spec_1_4 */
export function spec14(all: Courses): boolean {
  const sends = new Map<string, string>();
  const isSentOnce = all.every((course) =>
    course.sends.every((place) => {
      const { event, message, conf } = at(course, place);
      const where = `${course.process} ${conf}`;
      const before = sends.get(message) ?? where;
      sends.set(message, where);
      return isRegular(event.conf) && before === where;
    }),
  );
  const isDeliveredInOne = (course: Course): boolean => {
    const places = new Map<string, string>();
    return course.deliveries.every((place) => {
      const { message, conf } = at(course, place);
      const before = places.get(message) ?? conf;
      places.set(message, conf);
      return before === conf;
    });
  };
  return isSentOnce && all.every(isDeliveredInOne);
}

/** @spec EVSSpecifications!Spec_2_2 */
export function spec22(all: Courses): boolean {
  return all.every(({ events }) => {
    let current: string | undefined;
    return events.every(({ event, conf }) => {
      if (event.type === "conf") {
        current = conf;
        return true;
      }
      const isWithin = current === conf;
      if (event.type === "fail") current = undefined;
      return isWithin;
    });
  });
}

/** @spec EVSSpecifications!Spec_2_3 */
export function spec23(all: Courses): boolean {
  const needs = sent(all);
  const installed = placesOf(all, ({ event, conf }) => (event.type === "conf" ? conf : undefined));
  return isAcyclic(all, (number, place, noted) => {
    const before = (all[number]?.changes ?? []).filter((change) => change < place);
    const elsewhere = before.flatMap((change) => installed.get(all[number]?.events[change]?.conf ?? "") ?? []);
    return [...needs(noted), ...elsewhere.filter(({ course }) => course !== number)];
  });
}

/** @spec EVSSpecifications!Spec_2_4 */
export function spec24(all: Courses): boolean {
  const needs = sent(all);
  const before = beforeSame(all);
  return isAcyclic(all, (course, _, noted) =>
    noted.event.type === "conf" ? [...needs(noted), ...before(course, noted)] : needs(noted),
  );
}

// ---------------------------------------------------------------------------------------------------------------------
// Self-delivery, failure atomicity, causal delivery

/** @spec EVSSpecifications!Spec_3 */
export function spec3(all: Courses): boolean {
  return all.every((course) =>
    course.sends.every((place) => {
      const { message, reg } = at(course, place);
      if (deliversIn(course, message, reg).length > 0) return true;
      return !leaves(course, reg) || failsIn(course, reg).length > 0;
    }),
  );
}

/** @spec EVSSpecifications!Spec_4 */
export function spec4(all: Courses): boolean {
  const sets = new Map<string, string>();
  return all.every((course) => {
    const mine = new Map<string, string>();
    for (const [one, next] of proceeds(course)) {
      const { conf } = at(course, one);
      const delivered = course.deliveries.map((place) => at(course, place)).filter((noted) => noted.conf === conf);
      // Of a process with itself nothing is asked, so only what its last way between the two is kept for others.
      mine.set(
        `${conf} -> ${at(course, next).conf}`,
        [...new Set(delivered.map(({ message }) => message))].sort().join(),
      );
    }
    return [...mine].every(([way, messages]) => {
      const others = sets.get(way) ?? messages;
      sets.set(way, messages);
      return others === messages;
    });
  });
}

/** What a process had sent or delivered in its configuration before a send. @spec EVSSpecifications!Directly */
function directly(course: Course, place: number): ReadonlySet<string> {
  const { conf } = at(course, place);
  const own = course.sends.filter((send) => send < place && at(course, send).conf === conf);
  const had = course.deliveries.filter((one) => one < place && at(course, one).reg === conf);
  return new Set([...own, ...had].map((one) => at(course, one).message));
}

/** @spec EVSSpecifications!Spec_5 */
export function spec5(all: Courses): boolean {
  return all.every((sender) =>
    sender.sends.every((place) => {
      const { message, conf } = at(sender, place);
      const causes = directly(sender, place);
      return all.every((course) => {
        const [first] = deliversIn(course, message, conf);
        if (first === undefined) return true;
        for (const cause of causes) {
          const earlier = deliversIn(course, cause, conf)[0];
          if (earlier === undefined || earlier >= first) return false;
        }
        return true;
      });
    }),
  );
}

// ---------------------------------------------------------------------------------------------------------------------
// Totally ordered delivery

/** @spec EVSSpecifications!Spec_6_1 */
export function spec61(all: Courses): boolean {
  const needs = sent(all);
  const before = beforeSame(all);
  return isAcyclic(all, (course, _, noted) => [...needs(noted), ...before(course, noted)]);
}

/** @spec EVSSpecifications!Spec_6_2 */
export function spec62(all: Courses): boolean {
  return all.every((other) => {
    const places = placesOf([other], same);
    return all.every((one) => one === other || isInOrderOf(one, places));
  });
}

/** Whether what a process has in common with another, whose events are in these places, comes in the order of those. */
function isInOrderOf(one: Course, places: ReadonlyMap<string, readonly Need[]>): boolean {
  let last = 0;
  return one.events.every((noted) => {
    const counts = (places.get(same(noted) ?? "") ?? []).map(({ count }) => count);
    const isLater = counts.every((count) => count > last);
    last = Math.max(last, ...counts);
    return isLater;
  });
}

/** @spec EVSSpecifications!Spec_6_3 */
export function spec63(all: Courses): boolean {
  return all.every((one) => all.every((other) => one === other || leavesNothingOut(one, other)));
}

/** Whether `other` delivers what `one` delivered before a common message, of members of where it delivers that. */
function leavesNothingOut(one: Course, other: Course): boolean {
  const lacked = one.deliveries.filter((place) => {
    const { message, reg } = at(one, place);
    return deliversIn(other, message, reg).length === 0;
  });
  return lacked.every((place) => {
    const { event, reg } = at(one, place);
    if (event.type !== "deliver") return true;
    return other.deliveries.every((delivery) => {
      const noted = at(other, delivery);
      if (noted.reg !== reg || !noted.event.conf.members.includes(event.message.sender)) return true;
      return deliversIn(one, noted.message, reg).every((common) => common <= place);
    });
  });
}

// ---------------------------------------------------------------------------------------------------------------------
// Safe delivery

/** @spec EVSSpecifications!SafeDeliveries */
function safeDeliveries(course: Course): readonly Noted[] {
  return course.deliveries
    .map((place) => at(course, place))
    .filter(({ event }) => event.type === "deliver" && event.message.service === "safe");
}

/** @spec EVSSpecifications!Spec_7_1 */
export function spec71(all: Courses): boolean {
  return all.every((course) =>
    safeDeliveries(course).every(({ event, message, reg }) =>
      all.every((other) => {
        if (!event.conf.members.includes(other.process)) return true;
        return deliversIn(other, message, reg).length > 0 || owes(other, message, reg);
      }),
    ),
  );
}

/** Whether a process has no need to have delivered a message yet, or ever. @spec EVSSpecifications!Owes */
function owes(course: Course, message: string, reg: string): boolean {
  const failures = failsIn(course, reg);
  if (failures.length === 0) return !leaves(course, reg);
  return failures.some((place) => {
    const { event } = at(course, place);
    return event.type === "fail" && event.sent.some((one) => messageText(one) === message);
  });
}

/** @spec EVSSpecifications!Spec_7_2 */
export function spec72(all: Courses): boolean {
  return all.every((course) =>
    safeDeliveries(course).every(
      ({ event, conf }) =>
        !isRegular(event.conf) ||
        all.every((other) => !event.conf.members.includes(other.process) || isInstalled(other, conf)),
    ),
  );
}

function isInstalled(course: Course, conf: string): boolean {
  return course.changes.some((place) => at(course, place).conf === conf);
}

// ---------------------------------------------------------------------------------------------------------------------
// What section 2 says without a number

/** @spec EVSSpecifications!Transitional */
export function transitional(all: Courses): boolean {
  return all.every((course) =>
    proceeds(course).every(([before, after]) => {
      const [one, next] = [at(course, before), at(course, after)];
      const [c, d] = [one.event.conf, next.event.conf];
      if (course.failures.some((place) => before < place && place < after)) {
        return d.members.length === 1 && d.members[0] === course.process;
      }
      if (isRegular(c)) return !isRegular(d) && next.reg === one.conf;
      return isRegular(d) && `${d.number}:${d.members.join(",")}` === `${c.to.number}:${c.to.members.join(",")}`;
    }),
  );
}

/** @spec EVSSpecifications!TransitionalMembers */
export function transitionalMembers(all: Courses): boolean {
  const known = new Map<string, string>();
  return all.every((course) =>
    proceeds(course).every(([place]) => {
      const { event, conf, reg } = at(course, place);
      const c = event.conf;
      if (isRegular(c)) return true;
      const between = `${reg} -> ${c.to.number}:${c.to.members.join(",")}`;
      const first = known.get(between) ?? conf;
      known.set(between, first);
      const haveInstalled = c.members.every((member) =>
        all.some((other) => other.process === member && isInstalled(other, reg)),
      );
      return first === conf && c.members.includes(course.process) && haveInstalled;
    }),
  );
}

/** @spec EVSSpecifications!Members */
export function members(all: Courses): boolean {
  const installed = all.flatMap((course) => course.changes.map((place) => at(course, place)));
  const regular = new Map(installed.filter(({ event }) => isRegular(event.conf)).map((noted) => [noted.conf, noted]));
  const areOne = [...regular.values()].every(({ event: { conf: c }, conf }) =>
    [...regular.values()].every(({ event: { conf: d }, conf: other }) => {
      if (conf === other || !isRegular(c) || !isRegular(d) || c.number !== d.number) return true;
      return !c.members.some((member) => d.members.includes(member));
    }),
  );
  return areOne && all.every((course) => course.changes.every((place) => isMember(course, at(course, place))));
}

function isMember({ process }: Course, { event: { conf: c } }: Noted): boolean {
  if (!c.members.includes(process)) return false;
  return isRegular(c) || c.members.every((member) => c.from.members.includes(member) && c.to.members.includes(member));
}

/** @spec EVSSpecifications!Senders */
export function senders(all: Courses): boolean {
  return all.every((course) =>
    course.sends.every((place) => {
      const { event } = at(course, place);
      return event.type === "send" && event.message.sender === course.process;
    }),
  );
}
