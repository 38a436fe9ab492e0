import type { VNode } from "preact";
import { modelFault } from "../faults.ts";
import { groupsOf } from "../groups.ts";
import { mutantsOf, type Score as ScoreOf, scoreOf } from "../mutants.ts";
import type { ProtocolReport, Results, Verified } from "../shape.ts";
import { words } from "../words.ts";
import { jobCommand, verifyCommand } from "./commands.ts";
import { PlaceLink } from "./excerpt.tsx";
import {
  Commas,
  count,
  Freshness,
  Heading,
  JobFaults,
  ModelFaults,
  ModelLink,
  Notice,
  PageLink,
  Prose,
  percent,
  time,
} from "./parts.tsx";
import type { Here } from "./site.ts";

/** What is exhaustive up to which bound, what was sampled with which seeds, what is abstracted or left out. */
export function Overview({ here }: { readonly here: Here }): VNode {
  const { protocol } = here;
  return (
    <>
      <p class="quiet">
        {protocol.sha256 === null ? (
          "The sources are not all here, so results cannot be held against them."
        ) : (
          <>
            Sources: <code class="hash">{protocol.sha256}</code> (SHA-256 of specification, reducer, and what binds
            them).
          </>
        )}
      </p>
      <Exhaustive here={here} />
      <Lockstep here={here} />
      <Sampled here={here} />
      <Noticed here={here} />
      <Heading id="left-out">Abstracted and not modelled</Heading>
      {protocol.statements.length === 0 ? (
        <Notice kind="none">The specification says nothing of what it leaves out.</Notice>
      ) : null}
      {protocol.statements.map(({ title, path, text }) => (
        <section key={`${path} ${title}`}>
          <h3>
            {title} <PlaceLink here={here} place={{ path, from: lineOf(protocol, path, text) }} />
          </h3>
          <Prose here={here} text={text} />
        </section>
      ))}
    </>
  );
}

/** The line of a source that holds the beginning of a text; the first where none does. */
function lineOf({ sources }: ProtocolReport, path: string, text: string): number {
  const source = sources.find((one) => one.path === path);
  const [first = ""] = text.split("\n");
  const at = source?.text.split("\n").findIndex((line) => line.includes(first)) ?? 0;
  return Math.max(0, at) + 1;
}

function Exhaustive({ here }: { readonly here: Here }): VNode {
  const { models, verified, hasReducer } = here.protocol;
  const good = models.filter(({ purpose }) => purpose === "good");
  const passed = good.filter((model) => model.run?.passed === true && modelFault(model, hasReducer) === undefined);
  // Where each state is an initial one and stays as it is, no behaviour was looked at.
  const run = passed.filter((model) => model.run?.depth !== 1);
  const still = passed.filter((model) => model.run?.depth === 1);
  const left = good.filter((model) => model.run === null);
  return (
    <section aria-labelledby="exhaustive">
      <Heading id="exhaustive">Exhaustive, within bounds</Heading>
      <Freshness here={here} part={verified} command={verifyCommand(here)} />
      {verified?.faults.map((fault) => (
        <Notice kind="bad" key={fault}>
          <strong>FAIL</strong> {fault}
        </Notice>
      ))}
      <ModelFaults here={here} models={good} />
      {verified === null ? null : <Tools verified={verified} />}
      {run.length === 0 ? null : (
        <>
          <p>TLC has looked at every state of these models, and nothing is said beyond their bounds:</p>
          <ul>
            {run.map(({ cfg, run: found }) => (
              <li key={cfg}>
                <ModelLink here={here} cfg={cfg} />: {count(found?.distinct ?? 0)} states, depth {found?.depth ?? 0}
              </li>
            ))}
          </ul>
        </>
      )}
      {still.length === 0 ? null : (
        <p>
          States by themselves, of which none leads to another, so nothing is exhausted by them:{" "}
          <Commas
            all={still.map(({ cfg, run: found }) => (
              <>
                <ModelLink here={here} cfg={cfg} /> ({count(found?.distinct ?? 0)} states)
              </>
            ))}
          />
          .
        </p>
      )}
      {left.length === 0 ? null : (
        <p>
          Not run: <Commas all={left.map(({ cfg }) => <ModelLink here={here} cfg={cfg} key={cfg} />)} />.
        </p>
      )}
    </section>
  );
}

function Tools({ verified }: { readonly verified: Verified }): VNode {
  const { bounds, tools } = verified;
  return (
    <p class="quiet">
      At {bounds} bounds,{" "}
      {tools === null ? (
        "with tools that were not told"
      ) : (
        <>
          with TLC {tools.tlc} (SHA-256 of its jar: <code class="hash">{tools.jarSha256}</code>), {tools.workers}{" "}
          workers, seed of simulation {tools.seed}
        </>
      )}
      .
    </p>
  );
}

function Lockstep({ here }: { readonly here: Here }): VNode {
  const { models, hasReducer } = here.protocol;
  const uncompared = models.filter((model) => model.purpose === "good" && modelFault(model, hasReducer) !== undefined);
  const compared = models
    .filter((model) => modelFault(model, hasReducer) === undefined)
    .flatMap(({ run }) => run?.conformance ?? []);
  const sum = (claim: "sound" | "complete" | "refusals"): string =>
    count(compared.reduce((total, one) => total + one[claim], 0));
  const excepted = models.filter(({ notConformed }) => notConformed !== null);
  return (
    <section aria-labelledby="lockstep">
      <Heading id="lockstep">In lockstep with the reducer</Heading>
      {hasReducer ? null : <p>There is no reducer: the specification alone is checked.</p>}
      {hasReducer ? <ModelFaults here={here} models={uncompared} /> : null}
      {hasReducer && compared.length === 0 ? <Notice kind="none">Nothing is known to be in lockstep.</Notice> : null}
      {compared.length === 0 ? null : (
        <p>
          At every reachable world of {compared.length} {compared.length === 1 ? "model" : "models"}: {sum("sound")}{" "}
          moves found in the graph, {sum("complete")} edges taken, {sum("refusals")} refusals, without a mismatch (
          <PageLink here={here} page="conformance">
            by action
          </PageLink>
          ).
        </p>
      )}
      {excepted.length === 0 ? null : (
        <ul>
          {excepted.map(({ cfg, notConformed }) => (
            <li key={cfg}>
              Not compared: <ModelLink here={here} cfg={cfg} />: {notConformed}.
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Sampled({ here }: { readonly here: Here }): VNode {
  const { models, fuzz, coverage, replay } = here.protocol;
  const simulated = models.filter(({ purpose }) => purpose === "simulate");
  return (
    <section aria-labelledby="sampled">
      <Heading id="sampled">Sampled, beyond the bounds</Heading>
      <h3>
        <PageLink here={here} page="fuzz" />
      </h3>
      <Freshness here={here} part={fuzz} command={jobCommand(here, "fuzz")} />
      <JobFaults here={here} job="fuzz" />
      {fuzz === null ? null : <Sample results={fuzz} />}
      <h3>
        <PageLink here={here} page="coverage" />
      </h3>
      <Freshness here={here} part={coverage} command={jobCommand(here, "coverage")} />
      <JobFaults here={here} job="coverage" />
      {coverage === null ? null : <Sample results={coverage} />}
      <h3>
        <PageLink here={here} page="replay" />
      </h3>
      <Freshness here={here} part={replay} command={jobCommand(here, "replay")} />
      <JobFaults here={here} job="replay" />
      {replay === null ? null : <Sample results={replay} />}
      {simulated.length === 0 ? null : (
        <>
          <h3>Behaviours that TLC picked at random</h3>
          <ModelFaults here={here} models={simulated} />
          <ul>
            {simulated
              .filter(({ run }) => run?.passed !== false)
              .map(({ cfg, run }) => (
                <li key={cfg}>
                  <ModelLink here={here} cfg={cfg} />: {run === null ? "not run" : run.words}
                </li>
              ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** What of the settings is worth a place in a sentence, in letters; their page has all. */
const LONGEST_SETTING = 40;

function Sample({ results }: { readonly results: Results }): VNode {
  const settings = Object.entries(results.settings).flatMap(([name, value]) => {
    const text = words(value);
    return text === "" || text.length > LONGEST_SETTING ? [] : [`${name} ${text}`];
  });
  const counts = Object.entries(results.counts).filter(([name]) => /^\w+$/.test(name));
  return (
    <p>
      {counts.map(([name, number]) => `${name} ${count(number)}`).join(", ")}, in {time(results.seconds)} (
      {settings.join(", ")}).
    </p>
  );
}

function Noticed({ here }: { readonly here: Here }): VNode {
  const { models, mutants } = here.protocol;
  const all = mutants === null ? [] : mutantsOf(mutants);
  const failing = models.filter(({ purpose }) => purpose === "must fail" || purpose === "witness");
  const of = (purpose: string): string => {
    const group = models.filter((model) => model.purpose === purpose);
    const run = group.filter((model) => model.run !== null);
    if (run.length === 0) return `${group.length}, not run`;
    return `${run.filter((model) => model.run?.passed === true).length} of ${group.length} as they should`;
  };
  return (
    <section aria-labelledby="noticed">
      <Heading id="noticed">Would a mistake have been noticed?</Heading>
      <ModelFaults here={here} models={failing} />
      <ul>
        <li>
          Models that must{" "}
          <PageLink here={here} page="properties">
            fail
          </PageLink>
          : {of("must fail")}.
        </li>
        <li>
          Witnesses that must be{" "}
          <PageLink here={here} page="traces">
            reached
          </PageLink>
          : {of("witness")}.
        </li>
      </ul>
      <h3>
        <PageLink here={here} page="mutants" />
      </h3>
      <Freshness here={here} part={mutants} command={jobCommand(here, "mutants")} />
      <JobFaults here={here} job="mutants" />
      {[...groupsOf(all, ({ side }) => side)].map(([side, group]) => (
        <Score key={side} side={side} score={scoreOf(group)} />
      ))}
    </section>
  );
}

function Score({ side, score }: { readonly side: string; readonly score: ScoreOf }): VNode {
  const { killed, total, reasoned } = score;
  return (
    <p>
      Of the side {side}, {count(killed)} of {count(total)} killed ({percent(killed, total)}); {count(total - killed)}{" "}
      survive, {count(reasoned)} of them for a stated reason.
    </p>
  );
}
