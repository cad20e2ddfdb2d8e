import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const SOURCE = fileURLToPath(new URL("../../src/", import.meta.url));

/** What each room may import, beside itself and packages; docs/decisions/ has the reasons for what differs from the plan. */
const BORDERS: Readonly<Record<string, readonly string[]>> = {
  bytes: [],
  texts: [],
  capture: ["bytes", "texts"],
  packet: ["bytes"],
  ike: ["bytes"],
  esp: ["bytes"],
  session: ["bytes", "texts", "packet", "ike", "esp"],
  diagnosis: ["bytes", "texts", "ike", "esp", "session", "evidence", "joint"],
  report: ["bytes", "texts", "ike", "esp", "session", "evidence", "joint", "diagnosis", "live", "fleet"],
  evidence: ["bytes", "ike"],
  joint: ["bytes", "texts", "ike", "session", "evidence"],
  anonymize: ["bytes", "capture", "packet", "ike", "evidence"],
  secrets: ["bytes", "ike"],
  opening: ["bytes", "texts", "ike", "secrets", "session"],
  live: ["bytes", "texts", "capture", "packet", "ike", "esp", "session", "diagnosis"],
  reading: ["bytes", "texts", "capture", "esp", "session", "diagnosis", "opening"],
  fleet: ["bytes", "texts", "ike", "esp", "session", "diagnosis", "live"],
  extract: ["bytes", "capture", "packet", "ike", "diagnosis", "report", "live"],
  page: ["bytes", "capture", "evidence", "esp", "joint", "opening", "report", "texts", "index.ts"],
  cli: [
    "page",
    "bytes",
    "texts",
    "capture",
    "packet",
    "ike",
    "esp",
    "session",
    "evidence",
    "joint",
    "diagnosis",
    "report",
    "extract",
    "live",
    "fleet",
    "secrets",
    "opening",
    "index.ts",
  ],
  "index.ts": [
    "bytes",
    "texts",
    "capture",
    "esp",
    "session",
    "joint",
    "diagnosis",
    "report",
    "anonymize",
    "extract",
    "live",
    "secrets",
    "opening",
    "reading",
  ],
};

/** Parts that may use the platform; all else runs in a browser too. */
const NODE_PARTS = ["capture/node/", "opening/node/", "cli/"];

interface Import {
  readonly file: string;
  readonly target: string;
}

const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".ts"),
);

const imports: Import[] = files.flatMap((file) => {
  const text = readFileSync(join(SOURCE, file), "utf8");
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, target = ""]) => ({
    file,
    target,
  }));
});

/** The files of the house that each file imports, by their paths in src/. */
const imported: ReadonlyMap<string, readonly string[]> = new Map(
  files.map((file) => [
    file,
    imports
      .filter(({ file: importer, target }) => importer === file && target.startsWith("."))
      .map(({ target }) => pathOf(file, target)),
  ]),
);

function pathOf(file: string, target: string): string {
  return relative(SOURCE, resolve(SOURCE, dirname(file), target)).replace(/\.js$/, ".ts");
}

/** The first cycle of imports that is met, each file of it once; empty where there is none. Types count too. */
function firstCycle(): string[] {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): string[] => {
    if (path.includes(file)) return path.slice(path.indexOf(file));
    if (done.has(file)) return [];
    path.push(file);
    for (const target of imported.get(file) ?? []) {
      const cycle = visit(target);
      if (cycle.length > 0) return cycle;
    }
    path.pop();
    done.add(file);
    return [];
  };
  for (const file of files) {
    const cycle = visit(file);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

function roomOf(file: string): string {
  return file.split("/")[0] ?? file;
}

function isNodePart(file: string): boolean {
  return NODE_PARTS.some((part) => file.startsWith(part));
}

describe("the rooms of the house", () => {
  it("are all in the table of borders", () => {
    expect([...new Set(files.map(roomOf))].toSorted()).toEqual(Object.keys(BORDERS).toSorted());
  });

  it("import one way only", () => {
    const broken = imports.flatMap(({ file, target }) => {
      if (!target.startsWith(".")) return [];
      const to = roomOf(pathOf(file, target));
      const from = roomOf(file);
      return to === from || BORDERS[from]?.includes(to) ? [] : [`${file} imports ${target}`];
    });
    expect(broken).toEqual([]);
  });

  it("import in no circle, by types neither", () => {
    expect(firstCycle()).toEqual([]);
  });

  it("keep the platform out of all but capture/node and cli", () => {
    const broken = imports.filter(({ file, target }) => {
      const isPlatform = target.startsWith("node:") || target.includes("/node/");
      return isPlatform && !isNodePart(file);
    });
    expect(broken).toEqual([]);
  });

  it("keep Buffer, process and the terminal out of the platform-neutral rooms", () => {
    const broken = files.filter((file) => {
      if (isNodePart(file)) return false;
      const code = readFileSync(join(SOURCE, file), "utf8").replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
      return /\b(Buffer|process|console)\s*[.(]/.test(code);
    });
    expect(broken).toEqual([]);
  });
});
