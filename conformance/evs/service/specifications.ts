import {
  at,
  type Course,
  type Courses,
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

/** The sends of a message precede its deliveries (1.3). @spec EVSSpecifications!Sent */
function sent({ sends }: Courses, { event, message }: Noted): readonly Need[] {
  return event.type === "deliver" ? (sends.get(message) ?? []) : [];
}

/** What precedes an event elsewhere that is the same precedes this. @spec EVSSpecifications!BeforeSame */
function beforeSame({ common }: Courses, course: number, { same }: Noted): readonly Need[] {
  const elsewhere = (common.get(same) ?? []).filter((need) => need.course !== course);
  return elsewhere.map((need) => ({ course: need.course, count: need.count - 1 }));
}

// ---------------------------------------------------------------------------------------------------------------------
// Basic delivery, and delivery of configuration changes

/** @spec EVSSpecifications!Spec_1_1 */
export function spec11(courses: Courses): boolean {
  return isAcyclic(courses, (_, __, noted) => sent(courses, noted));
}

/** @spec EVSSpecifications!Spec_1_2 */
export function spec12({ all }: Courses): boolean {
  return all.every(({ events }) => new Set(events.map(({ text }) => text)).size === events.length);
}

/** @spec EVSSpecifications!Spec_1_3 */
export function spec13({ all }: Courses): boolean {
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

/**
 * A message is sent once, in a regular configuration, and each process delivers it once.
 *
 * @spec EVSSpecifications!Spec_1_4
 */
export function spec14({ all, sends }: Courses): boolean {
  const areRegular = all.every((course) => course.sends.every((place) => isRegular(at(course, place).event.conf)));
  const areSentOnce = [...sends.values()].every(({ length }) => length === 1);
  const deliversOnce = ({ events, deliveries }: Course): boolean =>
    new Set(deliveries.map((place) => events[place]?.message)).size === deliveries.length;
  return areRegular && areSentOnce && all.every(deliversOnce);
}

/** @spec EVSSpecifications!Spec_2_2 */
export function spec22({ all }: Courses): boolean {
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

/**
 * What is before an event at its own process is understood, so what follows the configurations delivered there needs to
 * be asked of the event right behind each alone.
 *
 * @spec EVSSpecifications!Spec_2_3
 */
export function spec23(courses: Courses): boolean {
  return isAcyclic(courses, (number, place, noted) => {
    const last = courses.all[number]?.events[place - 1];
    if (last?.event.type !== "conf") return sent(courses, noted);
    const elsewhere = (courses.common.get(last.same) ?? []).filter(({ course }) => course !== number);
    return [...sent(courses, noted), ...elsewhere];
  });
}

/** @spec EVSSpecifications!Spec_2_4 */
export function spec24(courses: Courses): boolean {
  return isAcyclic(courses, (course, _, noted) =>
    noted.event.type === "conf" ? beforeSame(courses, course, noted) : sent(courses, noted),
  );
}

// ---------------------------------------------------------------------------------------------------------------------
// Self-delivery, failure atomicity, causal delivery

/** @spec EVSSpecifications!Spec_3 */
export function spec3({ all }: Courses): boolean {
  return all.every((course) =>
    course.sends.every((place) => {
      const { message, reg } = at(course, place);
      if (deliversIn(course, message, reg).length > 0) return true;
      return !leaves(course, reg) || failsIn(course, reg).length > 0;
    }),
  );
}

/** @spec EVSSpecifications!Spec_4 */
export function spec4({ all }: Courses): boolean {
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
function directly({ events }: Course, place: number): readonly string[] {
  const conf = events[place]?.conf;
  return events.slice(0, place).flatMap(({ event, message, conf: where, reg }) => {
    const isBefore = event.type === "send" ? where === conf : event.type === "deliver" && reg === conf;
    return isBefore ? [message] : [];
  });
}

/** @spec EVSSpecifications!Spec_5 */
export function spec5({ all }: Courses): boolean {
  return all.every((sender) =>
    sender.sends.every((place) => {
      const { message, conf } = at(sender, place);
      const causes = directly(sender, place);
      return all.every(({ delivered }) => {
        const there = delivered.get(conf);
        const first = there?.get(message)?.[0];
        return first === undefined || causes.every((cause) => (there?.get(cause)?.[0] ?? first) < first);
      });
    }),
  );
}

// ---------------------------------------------------------------------------------------------------------------------
// Totally ordered delivery

/** @spec EVSSpecifications!Spec_6_1 */
export function spec61(courses: Courses): boolean {
  return isAcyclic(courses, (course, _, noted) => [...sent(courses, noted), ...beforeSame(courses, course, noted)]);
}

/** @spec EVSSpecifications!Spec_6_2 */
export function spec62({ all, common }: Courses): boolean {
  return all.every((one, number) => {
    const last = all.map(() => 0);
    return one.events.every(({ same }) => {
      const elsewhere = (common.get(same) ?? []).filter(({ course }) => course !== number);
      const areLater = elsewhere.every(({ course, count }) => count > (last[course] ?? 0));
      for (const { course, count } of elsewhere) last[course] = Math.max(last[course] ?? 0, count);
      return areLater;
    });
  });
}

/** @spec EVSSpecifications!Spec_6_3 */
export function spec63({ all }: Courses): boolean {
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
    const there = [...(other.delivered.get(reg)?.values() ?? [])].flat();
    return there.every((delivery) => {
      const noted = at(other, delivery);
      if (!noted.event.conf.members.includes(event.message.sender)) return true;
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
export function spec71({ all }: Courses): boolean {
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
export function spec72({ all }: Courses): boolean {
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
export function transitional({ all }: Courses): boolean {
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
export function transitionalMembers({ all }: Courses): boolean {
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
export function members({ all }: Courses): boolean {
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
export function senders({ all }: Courses): boolean {
  return all.every((course) =>
    course.sends.every((place) => {
      const { event } = at(course, place);
      return event.type === "send" && event.message.sender === course.process;
    }),
  );
}
