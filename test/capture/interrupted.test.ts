import { expect, it } from "vitest";
import { openCaptures } from "../../src/capture/node/open.js";
import { analyze } from "../../src/index.js";
import { fileURLToPath } from "node:url";

const HEALTHY = fileURLToPath(new URL("../../pcaps/healthy-ikev2-initiator.pcap", import.meta.url));

it("a capture whose reading was ended is never shown as read whole", async () => {
  const { judgement } = await analyze(await openCaptures([HEALTHY]), { signal: AbortSignal.abort() });
  expect(judgement.files[0]?.notes.map(({ kind }) => kind)).toContain("interrupted");
  expect(judgement.status).toBe("nothing-to-judge");
});

it("a signal that comes to nothing leaves no note", async () => {
  const { judgement } = await analyze(await openCaptures([HEALTHY]), {
    signal: new AbortController().signal,
  });
  expect(judgement.files[0]?.notes.map(({ kind }) => kind)).not.toContain("interrupted");
});
