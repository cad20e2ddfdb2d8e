import { describe, expect, it } from "vitest";
import { notesOf } from "../../src/cli/commands/notes.js";
import { program } from "../../src/cli/program.js";
import { ikescope } from "../support/command.js";

const COMMANDS = program().commands;

/** Commands that can do nothing with the name alone. */
const IN_NEED = COMMANDS.filter(
  ({ registeredArguments, options }) =>
    registeredArguments.some(({ required }) => required) || options.some(({ mandatory }) => mandatory),
).map((command) => command.name());

function rowsOf(name: string, heading: string): readonly (readonly [term: string, meaning: string])[] {
  const command = COMMANDS.find((one) => one.name() === name);
  const notes = command === undefined ? [] : notesOf(command);
  return notes.find((note) => note.heading === heading)?.rows ?? [];
}

describe("a command that misses what it needs", () => {
  it.each(IN_NEED)("%s says a line that works, and exits with 2", async (name) => {
    const { code, stdout, stderr } = await ikescope([name]);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^error: (missing required argument|required option) .*\n/);
    const said = /^\(such as: (.*ikescope (\S+) .+)$/m.exec(stderr) ?? [];
    expect(said[2]).toBe(name);
    expect(rowsOf(name, "Examples").map(([typed]) => typed)).toContain(said[1]);
    expect(stderr).toContain(`ikescope ${name} --help shows what there is)`);
    expect(code).toBe(2);
  });

  it("is told a line that works for an option of another program, too", async () => {
    const { code, stderr } = await ikescope(["-r", "trace.pcap"]);
    expect(stderr).toContain("error: unknown option '-r'\n(such as: ikescope trace.pcap\n");
    expect(code).toBe(2);
  });

  it.each([
    [["-i", "eth0"], "(packets of an interface: ikescope live -i eth0)"],
    [["-nn", "trace.pcap"], "(addresses are not resolved; --names shows the names of a file)"],
    [["decode", "-Y", "isakmp", "trace.pcap"], "(--peer, --tunnel, --from and --to choose what is reported)"],
  ])("is told how %j of tcpdump or tshark is had here", async (typed, told) => {
    const { code, stderr } = await ikescope(typed);
    expect(stderr).toContain(`\n${told}\n(such as: `);
    expect(code).toBe(2);
  });

  it.each([
    ["watch", [".", "--publish", "-"]],
    ["live", ["-i", "eth0", "--evidence-dir", "-"]],
    ["hub", ["events.ndjson", "--json", "-"]],
  ])("%s refuses standard output for what goes to a file", async (name, typed) => {
    const { code, stdout, stderr } = await ikescope([name, ...typed]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(`${typed.at(-2) ?? ""} -: this goes to a file, never to standard output`);
  });

  it("without a capture says how one is named", async () => {
    const { code, stderr } = await ikescope([]);
    expect(stderr).toContain("name a capture, as in: ikescope trace.pcap");
    expect(code).toBe(2);
  });

  it("an option typed as a command is named as what it is, with a line that works", async () => {
    const { code, stderr } = await ikescope(["anonymize", "trace.pcap"]);
    expect(stderr).toBe(
      'ikescope: there is no command and no file "anonymize"; --anonymize is an option: ikescope trace.pcap --anonymize --evidence ticket.pcapng\n',
    );
    expect(code).toBe(2);
  });
});

describe("help", () => {
  it("of a command is what its --help says", async () => {
    expect(await ikescope(["help", "ladder"])).toEqual(await ikescope(["ladder", "--help"]));
  });

  it("without a command lists all", async () => {
    expect(await ikescope(["help"])).toEqual(await ikescope(["--help"]));
  });

  it("of what is nearly a command says which is meant, and exits with 2", async () => {
    expect(await ikescope(["help", "lader"])).toEqual({
      code: 2,
      stdout: "",
      stderr: 'ikescope: there is no command "lader"; did you mean ladder?\n',
    });
  });

  it("of what is none says which there are", async () => {
    const { code, stdout, stderr } = await ikescope(["help", "\u001b[31mfoo"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(`there is no command "\\x1b[31mfoo"; there are analyze, browse, decode,`);
  });
});

describe("the exit status", () => {
  it.each(COMMANDS.map((command) => command.name()))("of %s is told by its --help", (name) => {
    expect(rowsOf(name, "Exit status").map(([status]) => status)).toEqual(expect.arrayContaining(["0", "2"]));
  });

  it("says that a suspicion and nothing to judge are 0", async () => {
    const help = (await ikescope(["--help"])).stdout.replaceAll(/\s+/g, " ");
    expect(help).toContain("so also a fault that is only SUSPECTED");
    expect(help).toContain("where there is nothing to judge");
  });
});
