import { closestWord } from "../bytes/closest.js";
import { CODES, isCode, renderEntry, renderList, renderCatalogueMarkdown } from "../report/catalogue.js";
import { explainNotify, NOTIFY_NAMES } from "../report/notify-explained.js";
import { printable } from "../bytes/text.js";
import { UsageError } from "./exit.js";
import { textsIn } from "../texts/languages.js";
import type { Language, Texts } from "../texts/texts.js";
import { localeLanguage } from "./language.js";
import { print } from "./outputs/standard-output.js";

export interface ExplainFlags {
  readonly markdown?: true;
  readonly lang?: Language;
}

/** `ikescope explain`: one entry of the catalogue, what a notify means, or the list of all findings. */
export async function explainCommand(
  asked: string | undefined,
  { markdown, lang }: ExplainFlags,
): Promise<void> {
  const texts = textsIn(lang ?? localeLanguage());
  const list = (): string => (markdown === true ? renderCatalogueMarkdown(texts) : renderList(texts));
  await print([asked === undefined ? list() : explained(asked, texts)]);
}

function explained(asked: string, texts: Texts): string {
  const code = asked.toLowerCase();
  if (isCode(code)) return renderEntry(code, undefined, texts);
  const notify = explainNotify(asked, undefined, texts);
  if (notify !== null) return notify;
  const meant = closestWord(asked, [...CODES, ...NOTIFY_NAMES]);
  const hint = meant === null ? "" : `; did you mean ${meant}?`;
  throw new UsageError(
    `there is no finding and no notify "${printable(asked)}"${hint} (ikescope explain lists the findings)`,
  );
}
