import { isCode, renderEntry, renderList, renderCatalogueMarkdown } from "../report/catalogue.js";
import { printable } from "../bytes/text.js";
import { UsageError } from "./exit.js";

export interface ExplainFlags {
  readonly markdown?: true;
}

/** `ikescope explain`: one entry of the catalogue, or the list of all. */
export function explainCommand(code: string | undefined, { markdown }: ExplainFlags): void {
  if (code === undefined) {
    process.stdout.write(markdown === true ? renderCatalogueMarkdown() : renderList());
    return;
  }
  if (!isCode(code)) {
    throw new UsageError(`there is no finding "${printable(code)}" (ikescope explain lists them all)`);
  }
  process.stdout.write(renderEntry(code));
}
