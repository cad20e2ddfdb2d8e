import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { HAS_TMUX, TmuxShell } from "../../support/live/tmux.js";
import { liveTest } from "../../support/live/means.js";
import { Site } from "../../support/live/site.js";

const PEERS = "192.0.2.10 -> 198.51.100.20";

/** A word of the shell. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

export function table(): void {
  liveTest(
    "shows a tunnel that fails, opens it, and leaves the terminal as it was",
    () =>
      Site.during("table", async (site) => {
        const shell = await TmuxShell.start(110, 50);
        try {
          shell.type(`echo what was there before; stty -a > ${shell.folder}/before`, "Enter");
          await shell.until((text) => text.includes("\nwhat was there before"));
          const command = [...site.cable.inside, ...site.command([])].map(quoted).join(" ");
          shell.type(`${command}; echo status $?; stty -a > ${shell.folder}/after`, "Enter");
          const empty = await shell.until((text) => text.includes("q quit"));
          expect(empty.split("\n")[0]).toMatch(/^ikescope {2}ikw0 {2}running /);
          expect(shell.ask("#{alternate_on} #{cursor_flag}")).toBe("1 0");

          site.plays("port4500-blocked-initiator");
          const failing = await shell.until((text) => /198\.51\.100\.20 +failing /.test(text), 90);
          expect(failing).toMatch(/192\.0\.2\.10 -> 198\.51\.100\.20 +failing +\d+s +IKE_AUTH /);
          shell.type("Enter");
          const opened = await shell.until((text) => text.includes("CRITICAL  natt-4500-unanswered"));
          expect(opened).toMatch(/│── IKE_AUTH request 1, .* try [34], no answer ──╳│/);

          shell.type("q");
          const after = await shell.until((text) => text.includes("status 0"));
          expect(shell.ask("#{alternate_on} #{cursor_flag}")).toBe("0 1");
          expect(after).toContain("natt-4500-unanswered");
          expect(shell.history()).toContain("what was there before");
          expect(shell.history()).toMatch(new RegExp(`^FAILING \\(\\w+\\) {2}${PEERS}$`, "m"));
          await shell.prompt();
          const [before, now] = ["before", "after"].map((name) =>
            readFileSync(join(shell.folder, name), "utf8"),
          );
          expect(now).toBe(before);
          await site.isDeserted();
        } finally {
          shell.close();
        }
      }),
    { isThere: HAS_TMUX, what: "tmux" },
  );
}
