import { LiveError } from "../../capture/node/live/live-capture.js";
import { openLive } from "../../capture/node/live/open-live.js";
import { superviseCaptures } from "../../capture/node/live/supervisor.js";
import { UsageError } from "../exit.js";
import type { LiveFlags } from "./flags.js";
import { ownAddresses } from "./publish/open-publisher.js";
import { dropPrivileges } from "./privileges.js";
import { now, runEngine, type WatchParts } from "./session.js";
import { liveTerms, type LiveTerms } from "./terms.js";
import { Watcher } from "./watcher.js";

/** `ikescope live`: the verdicts while sniffing, until it is told to end; then the final report. */
export async function liveCommand(flags: LiveFlags): Promise<void> {
  const privileges = await dropPrivileges(flags.user === undefined ? {} : { user: flags.user });
  if (privileges !== "go-on") {
    process.exitCode = privileges.exitCode;
    return;
  }
  try {
    const terms = await liveTerms(flags);
    const { filter } = terms.capture;
    const feed = { filter, own: ownAddresses(terms.interface) };
    await runEngine(terms, feed, (parts) => watchAll(terms, parts));
  } catch (error) {
    if (error instanceof LiveError) throw new UsageError(error.said);
    throw error;
  }
}

/** Captures until all is to end; throws LiveError where the first capture cannot be begun. */
async function watchAll(terms: LiveTerms, { engine, outputs, signal, say, show }: WatchParts): Promise<void> {
  const { recent } = outputs;
  const watcher = new Watcher({
    engine,
    say,
    ...(recent === null ? {} : { tee: (bytes, framesBefore) => recent.tee(bytes, framesBefore) }),
  });
  const captures = superviseCaptures({
    interface: terms.interface,
    open: () => openLive(terms.backend, terms.capture),
    signal,
    onChange: ({ kind, text }) => {
      if (kind === "started" || kind === "resumed") engine.begin(now(), text);
      else engine.lost(now(), text);
      if (kind === "started") show();
    },
  });
  for await (const capture of captures) await watcher.watch(capture);
}
