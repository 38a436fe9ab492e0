import type { Refused, Update } from "../../kernel/index.ts";
import type { Effect } from "./messages.ts";
import type { State } from "./state.ts";

/**
 * The conjunct that refused an event. Those up to `AtEnd` are guards of the specification, named after the mode or the
 * definition that they ask for. Of the others, `Room` keeps what is held within limits, and the rest are about peers
 * that do not keep to the protocol, or packets that come when they are of no use any more.
 */
export type Refusal =
  | "Operational"
  | "Receiving"
  | "IsOurs"
  | "New"
  | "MayGather"
  | "Ready"
  | "NewNumbers"
  | "Recovery"
  | "NotYet"
  | "Available"
  | "IsComplete"
  | "Held"
  | "MayDeliver"
  | "InBound"
  | "AtBound"
  | "Transitional"
  | "InScript"
  | "AtEnd"
  | "Room"
  | "Own"
  | "FromMember"
  | "OfProposal"
  | "WellFormed";

export type Result = Refused<Refusal> | Update<State, Effect>;
