import type { VNode } from "preact";
import { mutantsOf, scoreOf } from "../mutants.ts";
import type { ProtocolReport, Results } from "../shape.ts";
import { words } from "../words.ts";
import { PlaceLink } from "./excerpt.tsx";
import { Commas, count, Freshness, Heading, ModelLink, Notice, PageLink, Prose, percent, time } from "./parts.tsx";
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
  const { models, verified } = here.protocol;
  const good = models.filter(({ purpose }) => purpose === "good");
  const run = good.filter((model) => model.run?.passed === true);
  const failed = good.filter((model) => model.run?.passed === false);
  const left = good.filter((model) => model.run === null);
  return (
    <section aria-labelledby="exhaustive">
      <Heading id="exhaustive">Exhaustive, within bounds</Heading>
      <Freshness here={here} part={verified} command="lockstep verify --json FILE" />
      {verified?.faults.map((fault) => (
        <Notice kind="bad" key={fault}>
          {fault}
        </Notice>
      ))}
      {failed.map(({ cfg, run: found }) => (
        <Notice kind="bad" key={cfg}>
          <strong>FAIL</strong> <ModelLink here={here} cfg={cfg} />: {found?.words}
        </Notice>
      ))}
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
      {left.length === 0 ? null : (
        <p>
          Not run: <Commas all={left.map(({ cfg }) => <ModelLink here={here} cfg={cfg} key={cfg} />)} />.
        </p>
      )}
    </section>
  );
}

function Lockstep({ here }: { readonly here: Here }): VNode {
  const { models, hasReducer } = here.protocol;
  const compared = models.flatMap(({ run }) => run?.conformance ?? []);
  const sum = (claim: "sound" | "complete" | "refusals" | "mismatches"): string =>
    count(compared.reduce((total, one) => total + one[claim], 0));
  const excepted = models.filter(({ notConformed }) => notConformed !== null);
  return (
    <section aria-labelledby="lockstep">
      <Heading id="lockstep">In lockstep with the reducer</Heading>
      {hasReducer ? null : <p>There is no reducer: the specification alone is checked.</p>}
      {hasReducer && compared.length === 0 ? <Notice kind="none">Not run.</Notice> : null}
      {compared.length === 0 ? null : (
        <p>
          At every reachable world of {compared.length} {compared.length === 1 ? "model" : "models"}: {sum("sound")}{" "}
          moves found in the graph, {sum("complete")} edges taken, {sum("refusals")} refusals, {sum("mismatches")}{" "}
          mismatches (
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
  const { models, fuzz, replay, name } = here.protocol;
  const simulated = models.filter(({ purpose }) => purpose === "simulate");
  return (
    <section aria-labelledby="sampled">
      <Heading id="sampled">Sampled, beyond the bounds</Heading>
      <h3>
        <PageLink here={here} page="fuzz" />
      </h3>
      <Freshness here={here} part={fuzz} command={`lockstep fuzz --protocol ${name}`} />
      {fuzz === null ? null : <Sample results={fuzz} />}
      <h3>
        <PageLink here={here} page="replay" />
      </h3>
      <Freshness here={here} part={replay} command={`lockstep replay --protocol ${name}`} />
      {replay === null ? null : <Sample results={replay} />}
      {simulated.length === 0 ? null : (
        <>
          <h3>Behaviours that TLC picked at random</h3>
          <ul>
            {simulated.map(({ cfg, run }) => (
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
  const { models, mutants, name } = here.protocol;
  const all = mutants === null ? [] : mutantsOf(mutants);
  const { killed, total, reasoned } = scoreOf(all);
  const of = (purpose: string): string => {
    const group = models.filter((model) => model.purpose === purpose);
    const run = group.filter((model) => model.run !== null);
    if (run.length === 0) return `${group.length}, not run`;
    return `${run.filter((model) => model.run?.passed === true).length} of ${group.length} as they should`;
  };
  return (
    <section aria-labelledby="noticed">
      <Heading id="noticed">Would a mistake have been noticed?</Heading>
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
      <Freshness here={here} part={mutants} command={`lockstep mutants --protocol ${name} --write`} />
      {mutants === null ? null : (
        <p>
          {count(killed)} of {count(total)} killed ({percent(killed, total)}); {count(total - killed)} survive,{" "}
          {count(reasoned)} of them for a stated reason.
        </p>
      )}
    </section>
  );
}
