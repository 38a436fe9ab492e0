import type { Member, Message, Row, Service, State } from "../../../impl/evs/ordering/index.ts";
import type { TlaState, TlaValue } from "../../../tla/values/value.ts";
import { elements, field, number, text } from "../values.ts";
import { type Bounds, here, payloadOf, type World } from "./world.ts";

// The inverse of the projection in refine.ts. Who has forgotten what is not seen, so nobody has forgotten anything, and
// everybody's timer is armed. The image is made anew with each view.

/**
 * The world that shows a state of `Ordering.tla`.
 *
 * @throws TypeError for a state that is none of `Ordering.tla` with these members.
 */
export function restore(bounds: Bounds, state: TlaState): World {
  const { members } = bounds;
  const each = <T>(part: (member: Member) => T): Record<Member, T> =>
    Object.fromEntries(members.map((member) => [member, part(member)]));
  const delivered = each((member) => elements(field(state["delivered"], member)).map(messageIn));
  const states = each((member): State => {
    const done = delivered[member] ?? [];
    const stored = elements(field(state["store"], member)).map(messageIn);
    const mine = (of: Member): Message[] =>
      stored.filter(({ sender }) => sender === of).sort((one, other) => one.number - other.number);
    return {
      site: each((other) => rowIn(field(field(state["site"], member), other))),
      store: each(mine),
      forgotten: each(() => 0),
      delivered: each((other) =>
        Math.max(0, ...done.filter(({ sender }) => sender === other).map(({ number }) => number)),
      ),
    };
  });
  return {
    states,
    delivered,
    armed: [...members].sort(),
    updates: elements(state["updates"]).map((value) => ({
      type: "update",
      conf: here(bounds),
      sender: text(field(value, "sender")),
      row: rowIn(field(value, "row")),
    })),
    copies: elements(state["copies"]).map((value) => {
      const [to, message] = elements(value);
      return { to: text(to), message: messageIn(message) };
    }),
    requests: elements(state["requests"]).map((value) => {
      const [from, of, asked] = elements(value);
      return { from: text(from), of: text(of), number: number(asked) };
    }),
  };
}

function messageIn(value: TlaValue | undefined): Message {
  const sender = text(field(value, "sender"));
  const count = number(field(value, "number"));
  const service = text(field(value, "service")) as Service;
  return {
    sender,
    number: count,
    lts: number(field(value, "lts")),
    service,
    payload: payloadOf(sender, count, service),
  };
}

function rowIn(value: TlaValue): Row {
  return {
    sequence: number(field(value, "sequence")),
    lts: number(field(value, "lts")),
    aru: number(field(value, "aru")),
  };
}
