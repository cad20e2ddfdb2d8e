import { captureFilter } from "../../capture/filter.js";
import { hasEthernetFrames } from "../../capture/node/live/interfaces.js";
import { LiveError, type LiveOptions } from "../../capture/node/live/live-capture.js";
import { openLive } from "../../capture/node/live/open-live.js";
import { superviseCaptures } from "../../capture/node/live/supervisor.js";
import { UsageError } from "../exit.js";
import type { LiveFlags } from "./flags.js";
import { ownAddresses } from "./publish/open-publisher.js";
import { dropPrivileges } from "./privileges.js";
import { now, runEngine, type WatchParts } from "./session.js";
import { Watcher } from "./watcher.js";

/** `ikescope live`: the verdicts while sniffing, until it is told to end; then the final report. */
export async function liveCommand(flags: LiveFlags): Promise<void> {
  const privileges = await dropPrivileges(flags.user === undefined ? {} : { user: flags.user });
  if (privileges !== "go-on") {
    process.exitCode = privileges.exitCode;
    return;
  }
  try {
    const terms = { filter: liveOptions(flags).filter, own: ownAddresses(flags.interface) };
    await runEngine(flags, terms, (parts) => watchAll(flags, parts));
  } catch (error) {
    if (error instanceof LiveError) throw new UsageError(error.said);
    throw error;
  }
}

/** Captures until all is to end; throws LiveError where the first capture cannot be begun. */
async function watchAll(flags: LiveFlags, { engine, outputs, signal, say, show }: WatchParts): Promise<void> {
  const { recent } = outputs;
  const watcher = new Watcher({
    engine,
    say,
    ...(recent === null ? {} : { tee: (bytes, framesBefore) => recent.tee(bytes, framesBefore) }),
  });
  const captures = superviseCaptures({
    interface: flags.interface,
    open: () => openLive(flags.backend, liveOptions(flags)),
    signal,
    onChange: ({ kind, text }) => {
      if (kind === "started" || kind === "resumed") engine.begin(now(), text);
      else engine.lost(now(), text);
      if (kind === "started") show();
    },
  });
  for await (const capture of captures) await watcher.watch(capture);
}

function liveOptions({ interface: name, filter, host, snaplen, buffer }: LiveFlags): LiveOptions {
  return {
    interface: name,
    filter: filter ?? captureFilter({ hosts: host ?? [], tagged: hasEthernetFrames(name) }),
    snapLength: snaplen,
    bufferKiB: buffer,
  };
}
