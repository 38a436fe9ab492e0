import type { VNode } from "preact";
import { groupsOf } from "../groups.ts";
import type { Found, Model } from "../shape.ts";
import { verifyCommand } from "./commands.ts";
import { Whole } from "./excerpt.tsx";
import { href, slug, tracePath } from "./links.ts";
import { Commas, count, Freshness, Heading, Inline, ModelLink, PageLink, Prose, Table, time } from "./parts.tsx";
import { type Here, sourceOf } from "./site.ts";

/** Each model with its bounds, and what TLC made of it. */
export function Models({ here }: { readonly here: Here }): VNode {
  const { models, verified } = here.protocol;
  if (models.length === 0) {
    return (
      <p class="notice none">
        There is no <code>manifest.json</code> that names models of this specification.
      </p>
    );
  }
  return (
    <>
      <p>
        A model is a configuration: it sets the bounds within which TLC looks at every state. Nothing is said of what is
        beyond them.
      </p>
      <Freshness here={here} part={verified} command={verifyCommand(here)} />
      {[...groupsOf(models, ({ purpose }) => purpose)].map(([purpose, group]) => (
        <ModelTable key={purpose} here={here} purpose={purpose} models={group} />
      ))}
      {models.map((model) => (
        <OneModel key={model.cfg} here={here} model={model} />
      ))}
    </>
  );
}

const CAPTIONS: Readonly<Record<string, string>> = {
  good: "Models that must hold",
  "must fail": "Models that must fail, each by one property",
  witness: "Witnesses: models that show that something is reached",
  simulate: "Models of which behaviours are picked at random",
};

interface ModelTableProps {
  readonly here: Here;
  readonly purpose: string;
  readonly models: readonly Model[];
}

function ModelTable({ here, purpose, models }: ModelTableProps): VNode {
  const caption = CAPTIONS[purpose] ?? `Models: ${purpose}`;
  const link = ({ cfg }: Model): VNode => <ModelLink here={here} cfg={cfg} />;
  if (purpose !== "good") {
    return (
      <Table
        caption={caption}
        head={["model", "checks", "says", "result", "states ", "TLC "]}
        rows={models.map((model) => ({
          cells: [
            link(model),
            <Commas key="checks" all={model.checks.map((name) => propertyLink(here, name))} />,
            <Inline key="says" here={here} text={model.says} />,
            result(model),
            model.run === null ? "–" : count(model.run.depth),
            model.run === null ? "–" : time(model.run.seconds),
          ],
        }))}
      />
    );
  }
  return (
    <Table
      caption={caption}
      head={["model", "bounds", "result", "properties ", "distinct ", "generated ", "depth ", "TLC ", "compared "]}
      rows={models.map((model) => ({
        cells: [
          link(model),
          model.bounds,
          result(model),
          count(model.checks.length),
          ...figures(model.run ?? model.pinned),
          model.run === null ? "–" : time(model.run.seconds),
          compared(model),
        ],
      }))}
    />
  );
}

function figures(found: Found | null): string[] {
  return found === null ? ["–", "–", "–"] : [count(found.distinct), count(found.generated), count(found.depth)];
}

function compared({ run, notConformed }: Model): string {
  if (notConformed !== null) return "excepted";
  const { conformance = null } = run ?? {};
  if (conformance === null) return "–";
  return count(conformance.sound + conformance.complete + conformance.refusals);
}

function result({ run }: Model): VNode {
  if (run === null) return <span class="quiet">not run</span>;
  return <span class={run.passed ? "pass" : "fail"}>{run.passed ? "PASS" : "FAIL"}</span>;
}

function propertyLink(here: Here, name: string): VNode {
  const isKnown = here.protocol.properties.some((property) => property.name === name);
  return isKnown ? (
    <PageLink here={here} page="properties" place={name} key={name}>
      {name}
    </PageLink>
  ) : (
    <code key={name}>{name}</code>
  );
}

function OneModel({ here, model }: { readonly here: Here; readonly model: Model }): VNode {
  const source = sourceOf(here, model.path);
  const trace = here.protocol.traces.find(({ cfg }) => cfg === model.cfg);
  const { run, pinned } = model;
  return (
    <section aria-labelledby={slug(model.cfg)}>
      <Heading id={model.cfg}>{model.cfg}</Heading>
      <Prose here={here} text={model.says} />
      <p>
        {result(model)} {run === null ? null : `${run.words} in ${time(run.seconds)}. `}
        {pinned === null
          ? null
          : `The manifest pins ${count(pinned.distinct)} distinct of ${count(pinned.generated)} states, depth ${count(pinned.depth)}. `}
        {model.notConformed === null ? null : `Not conformed: ${model.notConformed}. `}
        {model.bounds === "full" ? "It belongs to the full bounds. " : null}
        {trace === undefined ? null : (
          <a href={href(here.at, tracePath(here.protocol, trace.name))}>Its trace, as a sequence chart</a>
        )}
      </p>
      <p>
        Checks: <Commas all={model.checks.map((name) => propertyLink(here, name))} />.
      </p>
      {source === undefined ? null : <Whole here={here} source={source} isLinked={false} />}
    </section>
  );
}
