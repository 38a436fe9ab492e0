import {
  type ActionName,
  type Config,
  type Effect,
  type Event,
  type Message,
  type Refusal,
  type State,
  wackamole,
} from "../../impl/wackamole/index.ts";
import { type KitParts, type KitSource, kitSource } from "../engine/kit/source.ts";
import { apart } from "./kit-apart.ts";
import { malformed, ofHosts, owned, STRANGER } from "./kit-besides.ts";
import { misshapen } from "./kit-misshapen.ts";
import { isMessage } from "./network.ts";
import type { Move, World } from "./world.ts";

type Parts = KitParts<Config, State, Event, Effect, ActionName, Refusal, World, Move>;

/** Vectors of Wackamole for ports to other languages. */
export function wackamoleKit(open: Parts["open"]): KitSource {
  return kitSource<Config, State, Event, Effect, ActionName, Refusal, World, Move>({
    reducer: wackamole,
    answers,
    open,
    besides,
    atStart: misshapen,
    apart,
  });
}

const answers: Parts["answers"] = {
  ViewChange: { taken: true, refusedFor: [] },
  ReceiveStateMsg: { taken: true, refusedFor: ["InGather", "OfCurrentView", "FromMember"] },
  MatureTimeout: { taken: true, refusedFor: ["InGather", "NotMature"] },
  Balance: { taken: true, refusedFor: ["InRun", "Representative", "HandoverOver", "SomethingToMove"] },
  ReceiveBalanceMsg: { taken: true, refusedFor: ["InRun", "FromRepresentative", "OfMembers"] },
  ReceiveReleasedMsg: { taken: true, refusedFor: ["InRun", "OnItsWay"] },
  Disconnect: { taken: true, refusedFor: [] },
  ShareHosts: { taken: true, refusedFor: ["Connected"] },
  LearnHosts: { taken: true, refusedFor: ["Connected", "FromMember"] },
  Malformed: { taken: false, refusedFor: ["WellFormed"] },
};

function besides(config: Config, seen: readonly Event[]): readonly unknown[] {
  const messages = seen.filter(isMessage);
  return [
    ...messages.map((message) => ({ ...message, sender: STRANGER })),
    ...messages.filter(({ type }) => type === "BALANCE_MSG").map(toStranger),
    // What comes with more fields than it needs is well-formed.
    ...messages.slice(0, 1).map((message) => ({ ...message, more: true })),
    ...ofHosts(config),
    ...malformed(config, seen),
  ];
}

/** An allocation that gives everything to nobody that is there. */
function toStranger(message: Message): unknown {
  return message.type === "BALANCE_MSG" ? { ...message, table: owned(Object.keys(message.table), STRANGER) } : message;
}
