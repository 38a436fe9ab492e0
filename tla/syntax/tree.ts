import type { Location } from "../tlc/index.ts";

/** What the name of an applied operator stands for. */
export interface Operator {
  /** `builtin` is TLA+'s own; `definition` has its number in {@link SyntaxTree.definitions}. */
  readonly kind: "builtin" | "definition" | "constant" | "variable" | "parameter";
  /** As SANY has it: `\land`, `$ConjList`, `VS!Init`, `epoch`. */
  readonly name: string;
  readonly id: number;
}

/** An expression, with the region of its module that it is written in. */
export interface Expression {
  /** `at` is the `@` of EXCEPT, `operator` one that is handed over without arguments, a LAMBDA among them. */
  readonly kind: "apply" | "number" | "string" | "let" | "at" | "operator" | "other";
  readonly location: Location;
  /** 0 constant, 1 of a state, 2 of a step, 3 temporal. */
  readonly level: number;
  /** What is applied or handed over. */
  readonly operator?: Operator;
  /** The value of a number. */
  readonly value?: number;
  /** Arguments; the body of a LET, or of what a quantifier binds, is one as well. */
  readonly operands: readonly Expression[];
  /** The sets that bound variables range over. */
  readonly bounds: readonly Expression[];
  /** What a LET defines, and the LAMBDA that is handed over. */
  readonly definitions: readonly Definition[];
}

export interface Definition {
  readonly id: number;
  /** With the instance before it where there is one: `VS!Init`. */
  readonly name: string;
  readonly location: Location;
  readonly level: number;
  readonly body: Expression;
}

/** A module with all that it extends and instantiates. */
export interface SyntaxTree {
  readonly module: string;
  readonly definitions: ReadonlyMap<number, Definition>;
  /** Those that can be named in the module itself, or in a configuration of it. */
  readonly visible: ReadonlyMap<string, Definition>;
  /** What is assumed. */
  readonly assumptions: readonly Expression[];
}

/** The expressions right below one. */
export function partsOf(expression: Expression): readonly Expression[] {
  const { definitions, bounds, operands } = expression;
  return [...definitions.map(({ body }) => body), ...bounds, ...operands];
}

/** An expression and all below it, those of LET and LAMBDA among them. */
export function* within(expression: Expression): Generator<Expression> {
  yield expression;
  for (const part of partsOf(expression)) yield* within(part);
}
