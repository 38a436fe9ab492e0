import type { Location } from "../tlc/index.ts";
import type { Definition, Expression, Operator, SyntaxTree } from "./tree.ts";
import { type Element, readXml } from "./xml.ts";

/**
 * Reads what `tla2sany.xml.XMLExporter` writes.
 *
 * @throws RangeError for any other text.
 */
export function readSyntax(xml: string): SyntaxTree {
  return new Reader(readXml(xml)).tree();
}

class Reader {
  readonly #root: Element;
  readonly #entries = new Map<number, Element>();
  readonly #definitions = new Map<number, Definition>();

  constructor(root: Element) {
    this.#root = root;
    for (const entry of of(root, "context").children) this.#entries.set(uidIn(entry), the(entry.children[1]));
  }

  tree(): SyntaxTree {
    const module = of(this.#root, "RootModule").text;
    for (const [id, entry] of this.#entries) if (entry.name === "UserDefinedOpKind") this.#definition(id);
    const modules = [...this.#entries.values()].filter(({ name }) => name === "ModuleNode");
    const node = the(modules.find((one) => nameOf(one) === module));
    const visible = node.children
      .filter(({ name }) => name === "UserDefinedOpKindRef")
      .map((ref) => this.#definition(uidIn(ref)));
    const assumptions = modules.flatMap(({ children }) =>
      children
        .filter(({ name }) => name === "AssumeNodeRef")
        .map((ref) => this.#expression(of(this.#entry(uidIn(ref)), "body"))),
    );
    return {
      module,
      definitions: this.#definitions,
      visible: new Map(visible.map((one) => [one.name, one])),
      assumptions,
    };
  }

  #entry(id: number): Element {
    return the(this.#entries.get(id));
  }

  /** A definition may be used where it is defined, so its body is read when it is asked for. */
  #definition(id: number): Definition {
    const known = this.#definitions.get(id);
    if (known !== undefined) return known;
    const entry = this.#entry(id);
    const definition = new Defined(id, entry, () => this.#expression(of(entry, "body")));
    this.#definitions.set(id, definition);
    return definition;
  }

  #expression(element: Element): Expression {
    switch (element.name) {
      // What surrounds an expression and says no more than the place does.
      case "body":
        return this.#expression(the(element.children[0]));
      case "SubstInNode":
        return this.#expression(of(element, "body"));
      case "OpApplNode":
        return this.#application(element);
      case "LetInNode": {
        const definitions = of(element, "opDefs").children.map((ref) => this.#definition(uidIn(ref)));
        return { ...bare("let", element), operands: [this.#expression(of(element, "body"))], definitions };
      }
      case "OpArgNode": {
        const operator = this.#operator(the(of(element, "argument").children[0]));
        const definitions = operator.name === "LAMBDA" ? [this.#definition(operator.id)] : [];
        return { ...bare("operator", element), operator, definitions };
      }
      case "NumeralNode":
        return { ...bare("number", element), value: Number(of(element, "IntValue").text) };
      case "StringNode":
        return element.text === "$Other" ? OTHER : bare("string", element);
      case "AtNode":
        return bare("at", element);
      default:
        return bare("other", element);
    }
  }

  #application(element: Element): Expression {
    const bound = element.children.find(({ name }) => name === "boundSymbols")?.children ?? [];
    const sets = bound.flatMap(({ children }) => children.filter(({ name }) => name.endsWith("Node")));
    return {
      ...bare("apply", element),
      operator: this.#operator(the(of(element, "operator").children[0])),
      operands: of(element, "operands").children.map((operand) => this.#expression(operand)),
      bounds: sets.map((set) => this.#expression(set)),
    };
  }

  #operator(ref: Element): Operator {
    const id = uidIn(ref);
    const entry = this.#entry(id);
    const name = entry.children.some((child) => child.name === "uniquename") ? nameOf(entry) : "";
    switch (entry.name) {
      case "BuiltInKind":
        return { kind: "builtin", name, id };
      case "UserDefinedOpKind":
        return { kind: "definition", name, id };
      case "OpDeclNode":
        return { kind: of(entry, "kind").text === VARIABLE ? "variable" : "constant", name, id };
      default:
        return { kind: "parameter", name, id };
    }
  }
}

const VARIABLE = "3";

/** The guard of a CASE that takes what is left; SANY gives it no place. */
const OTHER: Expression = {
  kind: "other",
  location: { module: "", line: 0, column: 0, endLine: 0, endColumn: 0 },
  level: 0,
  operands: [],
  bounds: [],
  definitions: [],
};

class Defined implements Definition {
  readonly id: number;
  readonly name: string;
  readonly location: Location;
  readonly level: number;
  readonly #read: () => Expression;
  #body: Expression | undefined;

  constructor(id: number, entry: Element, read: () => Expression) {
    this.id = id;
    this.name = nameOf(entry);
    this.location = locationOf(entry);
    this.level = levelOf(entry);
    this.#read = read;
  }

  get body(): Expression {
    this.#body ??= this.#read();
    return this.#body;
  }
}

function bare<K extends Expression["kind"]>(kind: K, element: Element): Expression & { readonly kind: K } {
  return { kind, location: locationOf(element), level: levelOf(element), operands: [], bounds: [], definitions: [] };
}

function locationOf(element: Element): Location {
  const location = of(element, "location");
  const [column, line] = [of(location, "column"), of(location, "line")];
  return {
    module: of(location, "filename").text,
    line: Number(of(line, "begin").text),
    column: Number(of(column, "begin").text),
    endLine: Number(of(line, "end").text),
    endColumn: Number(of(column, "end").text),
  };
}

function levelOf(element: Element): number {
  return Number(element.children.find(({ name }) => name === "level")?.text ?? 0);
}

function nameOf(element: Element): string {
  return of(element, "uniquename").text;
}

function uidIn(element: Element): number {
  return Number(of(element, "UID").text);
}

function of(element: Element, name: string): Element {
  return the(element.children.find((child) => child.name === name));
}

function the(element: Element | undefined): Element {
  if (element === undefined) throw new RangeError("the text is not what SANY writes of a module");
  return element;
}
