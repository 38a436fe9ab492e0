import type { Outcome, Protocol } from "../../../impl/kernel/index.ts";
import { Numbered } from "./numbered.ts";
import type { Answer, Vectors } from "./vectors.ts";

/** A reducer that knows nothing but vectors. It throws where it is asked what none of them tells. */
export function tableOf(vectors: Vectors): Protocol<unknown, unknown, unknown, unknown, string, string> {
  const configs = new Numbered(vectors.configs);
  const states = new Numbered(vectors.states);
  const events = new Numbered(vectors.events);
  const initials = new Map(vectors.initials.map(({ config, outcome }) => [config, outcome]));
  const steps = new Map<string, Answer>(
    vectors.steps.map(({ config, state, event, outcome }) => [`${config} ${state} ${event}`, outcome]),
  );
  return {
    initial(config) {
      const started = initials.get(configs.find(config) ?? -1);
      if (started === undefined) throw new Error("no vector tells how a node with this configuration starts");
      return { state: vectors.states[started.state], effects: started.effects };
    },
    step(config, state, event): Outcome<unknown, unknown, string, string> {
      const answer = steps.get(`${configs.find(config)} ${states.find(state)} ${events.find(event)}`);
      if (answer === undefined) throw new Error("no vector tells what this event does in this state");
      return answer.kind === "refused" ? answer : { ...answer, state: vectors.states[answer.state] };
    },
  };
}
