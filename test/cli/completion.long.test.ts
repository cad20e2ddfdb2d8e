import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SHELLS } from "../../src/cli/completion/completion.js";
import { program } from "../../src/cli/program.js";
import { CODES } from "../../src/report/catalogue.js";
import { ikescope } from "../support/command.js";
import { itIf } from "../support/require.js";
import { completions, hasShell } from "../support/shell-completion.js";

const COMMANDS = program().commands.map((command) => command.name());
const INTERFACES = "/sys/class/net";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ikescope-files-"));
  writeFileSync(join(folder, "trace one.pcap"), "");
  mkdirSync(join(folder, "traces"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(SHELLS)("in %s, what ikescope completion prints", (shell) => {
  const itHere = itIf(hasShell(shell), `${shell} is not installed`);
  let script = "";
  beforeAll(async () => {
    script = (await ikescope(["completion", shell])).stdout;
  });
  const offered = (line: string): readonly string[] =>
    completions(shell, script, `ikescope ${line}`, folder).map((word) => word.replace(/\/$/, ""));

  itHere("completes all commands, and captures for the default one", () => {
    expect(offered("")).toEqual(expect.arrayContaining([...COMMANDS, "traces"]));
    expect(offered("de")).toEqual(["decode"]);
  });

  itHere(
    "completes the options of each command, and of the default one before any",
    () => {
      for (const command of program().commands) {
        const names = command.options.flatMap(({ long }) => long ?? []);
        expect(offered(`${command.name()} --`)).toEqual(expect.arrayContaining(names));
        // Begun in part, those alone that go on so.
        const [begun] = names.slice(-1).map((name) => name.slice(0, -1));
        if (begun === undefined) continue;
        const going = names.filter((name) => name.startsWith(begun));
        expect(offered(`${command.name()} ${begun}`)).toEqual(going.toSorted());
      }
      expect(offered("--fail")).toEqual(["--fail-on"]);
      expect(offered("--vers")).toEqual(["--version"]);
      expect(offered("decode --fail")).toEqual([]);
      // Two shells a command, and zsh takes half a second to begin.
    },
    180_000,
  );

  itHere("completes choices, also behind an equals sign", () => {
    expect(offered("live --backend ")).toEqual(["auto", "cap", "dumpcap", "tcpdump"]);
    expect(offered("decode --format=j").map((word) => word.replace("--format=", ""))).toEqual(["json"]);
    expect(offered("completion ")).toEqual([...SHELLS].toSorted());
  });

  itHere("completes codes of findings", () => {
    expect(offered("explain esp-n")).toEqual(CODES.filter((code) => code.startsWith("esp-n")));
  });

  itHere("completes files and directories where they are wanted, as they are named", () => {
    expect(offered("ladder tr")).toEqual(["trace one.pcap", "traces"]);
    expect(offered("-o tr")).toEqual(["trace one.pcap", "traces"]);
    expect(offered("live --evidence-dir tr")).toEqual(["traces"]);
    expect(offered("live tr")).toEqual([]);
  });

  itHere("completes the interfaces of the machine", () => {
    const interfaces = readdirSync(INTERFACES);
    expect(interfaces).toContain("lo");
    expect(offered("live -i ")).toEqual(expect.arrayContaining(["any", "lo"]));
  });

  itHere("leaves a value alone that it cannot know", () => {
    expect(offered("live --snaplen ")).toEqual([]);
  });
});

describe("ikescope completion", () => {
  it("says which shells there are", async () => {
    const { code, stderr } = await ikescope(["completion", "tcsh"]);
    expect(stderr).toContain("Allowed choices are bash, zsh, fish");
    expect(code).toBe(2);
  });
});
