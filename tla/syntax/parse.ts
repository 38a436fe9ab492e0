import { basename, dirname } from "node:path";
import { UserError } from "../errors.ts";
import { findSpec } from "../tlc/options.ts";
import { readSanyProblems } from "../tlc/problems.ts";
import { withSession } from "../tlc/session.ts";
import { readSyntax } from "./read.ts";
import type { SyntaxTree } from "./tree.ts";

/**
 * Has SANY parse a module and all that it extends and instantiates, and gives what it made of it.
 *
 * @throws UserError where the module is not well formed, or a file of it is missing (64), or a tool is (2).
 */
export async function parseModule(spec: string, libraries: readonly string[] = []): Promise<SyntaxTree> {
  const found = await findSpec(spec, libraries);
  return withSession({}, async (session) => {
    const pieces: string[] = [];
    const child = await session.start({
      name: "sany",
      main: "tla2sany.xml.XMLExporter",
      // The exporter heeds no other way to name folders.
      args: ["-o", ...found.libraries.flatMap((folder) => ["-I", folder]), basename(found.specPath)],
      cwd: dirname(found.specPath),
      libraries: [],
      onOutput: (text) => pieces.push(text),
    });
    const { code, stderr } = await child.ended;
    const text = pieces.join("");
    const begin = text.indexOf("<?xml");
    if (code === 0 && begin >= 0) return readSyntax(text.slice(begin));
    const [problem] = readSanyProblems(`${text}\n${stderr}`.split("\n"));
    throw new UserError(`${found.specPath} is not well formed: ${problem?.text ?? "SANY wrote no tree of it"}.`, 64);
  });
}
