import type { Micros } from "../../bytes/time.js";
import { type DerElement, TAG } from "./der.js";

/** YYMMDDHHMMSSZ (RFC 5280 4.1.2.5.1). */
const UTC_TIME = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;
/** YYYYMMDDHHMMSSZ, without fractions of a second (RFC 5280 4.1.2.5.2). */
const GENERALIZED_TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;
const LONGEST = 15;

/** A two-digit year from here on belongs to the 20th century (RFC 5280 4.1.2.5.1). */
const FIRST_YEAR_OF_1900 = 50;

/**
 * The moment that a UTCTime or GeneralizedTime of a certificate names; null for any other element, for the forms that
 * RFC 5280 does not allow (no seconds, local times, fractions) and for dates that do not exist.
 */
export function derTime({ tag, content }: DerElement): Micros | null {
  if (content.length > LONGEST) return null;
  const text = String.fromCharCode(...content);
  const parts = (tag === TAG.utcTime ? UTC_TIME : tag === TAG.generalizedTime ? GENERALIZED_TIME : null)
    ?.exec(text)
    ?.slice(1)
    .map(Number);
  if (parts === undefined) return null;
  const [written = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const year =
    tag === TAG.generalizedTime ? written : written + (written >= FIRST_YEAR_OF_1900 ? 1900 : 2000);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  const isAsWritten =
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    date.getUTCHours() === hour &&
    date.getUTCMinutes() === minute &&
    date.getUTCSeconds() === second;
  return isAsWritten ? date.getTime() * 1000 : null;
}
