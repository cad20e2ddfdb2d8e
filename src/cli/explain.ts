import { say } from "../texts/message.js";
import { closestWord } from "../bytes/closest.js";
import { CODES, isCode, renderEntry, renderList, renderCatalogueMarkdown } from "../report/catalogue.js";
import { findCodes } from "../report/find-codes.js";
import { explainVerdictWord, VERDICT_WORDS } from "../report/verdict-words.js";
import { FLEET_CODES } from "../fleet/codes.js";
import {
  isFleetCode,
  renderFleetEntry,
  renderFleetList,
  renderFleetMarkdown,
} from "../report/fleet/catalogue.js";
import { explainNotify, NOTIFY_NAMES } from "../report/notify-explained.js";
import type { Product } from "../diagnosis/commands/product.js";
import { explainReason } from "../report/reason-explained.js";
import { UsageError, literal } from "./exit.js";
import { textsIn } from "../texts/languages.js";
import type { Language, Texts } from "../texts/texts.js";
import { localeLanguage } from "./language.js";
import { outputWidth } from "./width.js";
import { print } from "./outputs/standard-output.js";

export interface ExplainFlags {
  readonly markdown?: true;
  readonly lang?: Language;
  readonly product?: Product;
}

/** `ikescope explain`: one entry of the catalogue, what a notify or a status means, which findings a reason of a product stands for, or the list of all findings. Several words are one question, quoted or not. */
export async function explainCommand(
  words: readonly string[],
  { markdown, lang, product }: ExplainFlags,
): Promise<void> {
  const texts = textsIn(lang ?? localeLanguage());
  const list = (): string =>
    markdown === true
      ? renderCatalogueMarkdown(texts) + renderFleetMarkdown(texts)
      : renderList(texts) + renderFleetList(texts, longestCode());
  await print([words.length === 0 ? list() : explained(words.join(" "), product ?? null, texts)]);
}

function longestCode(): number {
  return Math.max(...CODES.map((code) => code.length));
}

/** Wider lines are hard to read. */
const WIDEST = 100;

function explained(asked: string, product: Product | null, texts: Texts): string {
  const width = outputWidth(WIDEST);
  const code = asked.toLowerCase();
  if (isCode(code)) return renderEntry(code, product, width, texts);
  if (isFleetCode(code)) return renderFleetEntry(code, width, texts);
  const word = explainVerdictWord(asked, width, texts);
  if (word !== null) return word;
  const notify = explainNotify(asked, width, texts);
  if (notify !== null) return notify;
  const reason = explainReason(asked, width, texts);
  if (reason !== null) return reason;
  const named = findCodes(asked, texts);
  const [only] = named;
  if (only !== undefined)
    return named.length === 1 ? renderEntry(only, product, width, texts) : renderList(texts, named);
  const meant = closestWord(asked, [...CODES, ...FLEET_CODES, ...VERDICT_WORDS, ...NOTIFY_NAMES]);
  const hint = meant === null ? "" : say`; did you mean ${meant}?`;
  throw new UsageError(
    say`there is no finding, no notify and no reason "${literal(asked)}"${hint} (ikescope explain lists the findings)`,
  );
}
