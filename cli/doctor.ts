import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { Command } from "commander";
import pc from "picocolors";
import { UserError } from "../tla/errors.ts";
import {
  COORDINATE,
  cachedJarPath,
  type Environment,
  findJava,
  findMaven,
  JAR_VARIABLE,
  OLDEST_JAVA,
  resolveJar,
} from "../tla/tlc/index.ts";

/** What was found of one thing that Lockstep needs; `missing` makes it useless, `later` comes by itself. */
export interface Finding {
  readonly status: "found" | "later" | "missing";
  readonly words: string;
}

/** `lockstep doctor`: says what is there and which command supplies what is not. */
export function doctorCommand(): Command {
  return new Command("doctor")
    .description("say what Lockstep needs, what was found, and the command that supplies what is missing")
    .action(async () => {
      const findings = await diagnose(process.env, process.versions.node);
      for (const { status, words } of findings) process.stdout.write(`${MARKS[status]} ${words}\n`);
      process.exitCode = findings.some(({ status }) => status === "missing") ? 2 : 0;
    });
}

const MARKS = { found: pc.green("ok     "), later: pc.yellow("later  "), missing: pc.red("missing") } as const;

const OLDEST_NODE = [20, 19] as const;

/** Looks at Node, Java, Maven and the jar of TLC, in this order, and changes nothing. */
export async function diagnose(env: Environment, node: string): Promise<readonly Finding[]> {
  const jar = await diagnoseJar(env);
  return [diagnoseNode(node), await diagnoseJava(env), await diagnoseMaven(env, jar.status !== "later"), jar];
}

function diagnoseNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const oldest = OLDEST_NODE.join(".");
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])
    ? { status: "found", words: `Node ${version}` }
    : {
        status: "missing",
        words: `Node ${version} is too old (${oldest} or later is needed): run \`nvm install 24\`.`,
      };
}

async function diagnoseJava(env: Environment): Promise<Finding> {
  return attempt(async () => {
    const { path, version } = await findJava(env);
    return { status: "found", words: `Java ${version} at ${path} (${OLDEST_JAVA} or later is needed)` };
  });
}

async function diagnoseMaven(env: Environment, jarIsThere: boolean): Promise<Finding> {
  const finding = await attempt(async () => ({ status: "found", words: `Maven at ${await findMaven(env)}` }));
  if (finding.status === "found" || !jarIsThere) return finding;
  return { status: "found", words: "Maven was not found, and is not needed since there is a jar of TLC" };
}

async function diagnoseJar(env: Environment): Promise<Finding> {
  const cached = cachedJarPath(env);
  const own = env[JAR_VARIABLE] ?? "";
  if (own === "" && !(await isFile(cached))) {
    const command = `mvn dependency:copy -Dartifact=${COORDINATE} -DoutputDirectory='${dirname(cached)}'`;
    return { status: "later", words: `TLC's jar is fetched on first use, or now with \`${command}\`` };
  }
  return attempt(async () => {
    const { path, origin, sha256 } = await resolveJar(env);
    const whose = origin === "pinned" ? "as pinned" : `your own, by ${JAR_VARIABLE}`;
    return { status: "found", words: `TLC's jar at ${path}, SHA-256 ${sha256} (${whose})` };
  });
}

async function attempt(look: () => Promise<Finding>): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof UserError) return { status: "missing", words: error.message };
    throw error;
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
