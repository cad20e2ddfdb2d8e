// A user of the package in strict TypeScript that also checks the package's own types.
import { createReadStream } from "node:fs";
import { analyze, type Finding, type Judgement, renderJson, renderText } from "ikescope";
import { type CaptureInput, openCaptures } from "ikescope/node";

export async function firstLineOf(path: string): Promise<string> {
  const input: CaptureInput = createReadStream(path);
  const { judgement, error } = await analyze(await openCaptures([input]));
  if (error !== null) throw error;
  return renderText(judgement).split("\n", 1)[0] ?? "";
}

export function criticalOf({ findings }: Judgement): readonly Finding[] {
  return findings.filter(({ severity }) => severity === "critical");
}

export { renderJson };
