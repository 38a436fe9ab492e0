/**
 * The specifications of Extended Virtual Synchrony by their numbers (Moser, Amir, Melliar-Smith and Agarwal, ICDCS
 * 1994, section 2.1; Amir's thesis, section 4.1), and `model` for what section 2 assumes before it numbers anything.
 */
export const SPECIFICATIONS = [
  "1.1",
  "1.2",
  "1.3",
  "1.4",
  "2.1",
  "2.2",
  "2.3",
  "2.4",
  "3",
  "4",
  "5",
  "6.1",
  "6.2",
  "6.3",
  "7.1",
  "7.2",
  "model",
] as const;

export type Specification = (typeof SPECIFICATIONS)[number];

/** What each asks for, in a few words. */
export const MEANING: Readonly<Record<Specification, string>> = {
  "1.1": "precedence is a partial order",
  "1.2": "the events of a process are ordered",
  "1.3": "a message is sent before it is delivered, in the configuration that it was sent in or one that follows it",
  "1.4": "a message is sent once, in a regular configuration, and delivered once",
  "2.1": "who stays in a configuration stays with all its members",
  "2.2": "events belong to the configuration that was installed last",
  "2.3": "what follows a configuration change at one process follows it at all",
  "2.4": "what precedes a configuration change at one process precedes it at all",
  "3": "a process delivers what it sent",
  "4": "who proceed together have delivered the same",
  "5": "a message is delivered after those that its sending depends on",
  "6.1": "there is a total order that respects precedence",
  "6.2": "a message, or a configuration change, has one place in the total order",
  "6.3": "messages are delivered without holes, but for senders outside the transitional configuration",
  "7.1": "a safe message that one delivers is delivered by each member that does not fail",
  "7.2": "a safe message is delivered in a regular configuration that each member installs",
  model: "members install, agree on and follow configurations as section 2 has it",
};
