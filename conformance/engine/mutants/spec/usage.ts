import { type Definition, type Expression, type SyntaxTree, within } from "../../../../tla/syntax/index.ts";
import type { Config } from "../../../../tla/tlc/index.ts";
import { operatorOf, type Part } from "./site.ts";

/** What the definitions are for that a configuration uses, each as `Module!Name`. */
export type Usage = ReadonlyMap<string, ReadonlySet<Part>>;

/** The name of a definition that is the same in every module that extends or instantiates its own. */
export function keyOf({ name, body }: Definition): string {
  return `${body.location.module}!${name.slice(name.lastIndexOf("!") + 1)}`;
}

/**
 * What a configuration uses of a module and those below it. A definition that it replaces is not used, and what it puts
 * in its place is.
 */
export function usageOf(tree: SyntaxTree, { behaviour, invariants, properties, replacements }: Config): Usage {
  const used = new Map<string, Set<Part>>();
  const replaced = new Set(
    replacements.map(({ name, module }) =>
      module === undefined ? keyOrName(tree.visible.get(name), name) : `${module}!${name}`,
    ),
  );
  const follow = (part: Part, definition: Definition): void => {
    const key = keyOf(definition);
    const parts = used.get(key) ?? new Set<Part>();
    if (parts.has(part) || replaced.has(key)) return;
    used.set(key, parts.add(part));
    enter(part, definition.body);
  };
  const enter = (part: Part, expression: Expression): void => {
    for (const one of parts(expression, part)) {
      const definition = one.operator?.kind === "definition" ? tree.definitions.get(one.operator.id) : undefined;
      if (definition !== undefined) follow(part === "step" && isFairness(definition) ? "fairness" : part, definition);
    }
    // What is fair is no part of what can happen.
    if (part === "step") for (const fair of fairIn(expression)) enter("fairness", fair);
  };
  const named = (names: readonly string[]): Definition[] => names.flatMap((name) => tree.visible.get(name) ?? []);

  for (const definition of named(behaviour)) {
    follow("step", definition);
    for (const initial of initialsOf(definition.body)) enter("initial", initial);
  }
  for (const { by } of replacements) for (const definition of named([by])) follow("step", definition);
  for (const definition of named([...invariants, ...properties])) follow("property", definition);
  for (const assumption of tree.assumptions) enter("property", assumption);
  return used;
}

function keyOrName(definition: Definition | undefined, name: string): string {
  return definition === undefined ? name : keyOf(definition);
}

/** Whether a definition says what must happen, and nothing of what can. */
function isFairness({ level, body }: Definition): boolean {
  return level === 3 && ![...within(body)].some((one) => operatorOf(one) === "$SquareAct");
}

const FAIR: ReadonlySet<string | undefined> = new Set(["$WF", "$SF"]);

function* parts(expression: Expression, part: Part): Generator<Expression> {
  if (part === "step" && FAIR.has(operatorOf(expression))) return;
  yield expression;
  const { definitions, bounds, operands } = expression;
  for (const one of [...definitions.map(({ body }) => body), ...bounds, ...operands]) yield* parts(one, part);
}

function fairIn(expression: Expression): Expression[] {
  return [...within(expression)].filter((one) => FAIR.has(operatorOf(one)));
}

/** The conjuncts of a specification that say what the first state is. */
function initialsOf(expression: Expression): Expression[] {
  if (expression.level < 2) return [expression];
  return expression.level === 3 && ["\\land", "$ConjList"].includes(operatorOf(expression) ?? "")
    ? expression.operands.flatMap(initialsOf)
    : [];
}
