import { CAP } from "./cap.js";
import { ChildCapture } from "./child-capture.js";
import { DUMPCAP } from "./dumpcap.js";
import {
  LIVE_BACKENDS,
  type LiveBackend,
  type LiveCapture,
  LiveError,
  type LiveOptions,
} from "./live-capture.js";
import { TCPDUMP } from "./tcpdump.js";
import type { Tool } from "./tool.js";
import { joined, say } from "../../../texts/message.js";

const TOOLS: Readonly<Record<LiveBackend, Tool>> = { tcpdump: TCPDUMP, dumpcap: DUMPCAP, cap: CAP };

/**
 * Begins to capture, by one backend or by the first that can; returns once it runs. Throws {@link LiveError} with what
 * to do where none can; a fault that no other backend would mend (interface, filter) ends the search.
 */
export async function openLive(backend: LiveBackend | "auto", options: LiveOptions): Promise<LiveCapture> {
  if (backend !== "auto") return ChildCapture.open(TOOLS[backend], options);
  const faults: LiveError[] = [];
  for (const candidate of LIVE_BACKENDS) {
    try {
      return await ChildCapture.open(TOOLS[candidate], options);
    } catch (error) {
      if (!(error instanceof LiveError) || !isOfTheBackend(error)) throw error;
      faults.push(error);
    }
  }
  throw new LiveError(
    (["permission", "ended"] as const).find((kind) => faults.some((fault) => fault.kind === kind)) ??
      "missing-tool",
    say`nothing here can capture; one of these helps: ${joined(
      ...faults.flatMap(({ said }, index) => (index === 0 ? [said] : [say`; or: `, said])),
    )}`,
  );
}

/** Whether another backend may do better. */
function isOfTheBackend({ kind }: LiveError): boolean {
  switch (kind) {
    case "missing-tool":
    case "permission":
    case "ended":
      return true;
    case "missing-interface":
    case "interface-down":
    case "bad-filter":
      return false;
  }
}
