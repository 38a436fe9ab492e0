/**
 * What SANY, the parser of TLA+, makes of a module: its definitions as trees, each expression with its place.
 *
 * @module
 */
export { parseModule } from "./parse.ts";
export { SourceText, type Span } from "./source.ts";
export { type Definition, type Expression, partsOf, type SyntaxTree, within } from "./tree.ts";
