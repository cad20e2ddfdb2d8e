import { addressBytes, ipv4At, ipv6At, type Address } from "../../bytes/address.js";
import { closestWord } from "../../bytes/closest.js";
import type { NumberRange } from "../../ike/registries/registry.js";
import { type Message, say, verbatim } from "../../texts/message.js";
import { inEnglish } from "../../texts/texts.js";

/** A value or an expression that cannot be meant; the message says why, and what can. */
export class FilterError extends Error {
  readonly said: Message;

  constructor(said: Message) {
    super(inEnglish(said));
    this.said = said;
  }
}

const MOST_FRAMES = 0xffff_ffff;
const SPI_LENGTH = 16;

/** The address as the model writes it, so that "2001:DB8::0:1" finds "2001:db8::1". */
export function readAddress(text: string): Address {
  const bytes = addressBytes(text);
  if (bytes === null) throw new FilterError(say`"${verbatim(text)}" is no IP address`);
  return bytes.length === 4 ? ipv4At(bytes, 0) : ipv6At(bytes, 0);
}

/** A whole number, decimal or behind "0x", up to `most`. */
export function readNumber(text: string, most: number, what: string): number {
  const number = numberIn(text);
  if (number === null || number > most) {
    throw new FilterError(say`${what} is a number from 0 to ${most}, not "${verbatim(text)}"`);
  }
  return number;
}

/** The digits that an SPI begins with, lower case. */
export function readSpi(text: string): string {
  const digits = text.toLowerCase().replace(/^0x/, "");
  if (!/^[0-9a-f]+$/.test(digits) || digits.length > SPI_LENGTH) {
    throw new FilterError(
      say`an SPI of IKE is ${SPI_LENGTH} hexadecimal digits or how they begin, not "${verbatim(text)}"`,
    );
  }
  return digits;
}

/** Frames that are asked for. */
export interface WantedFrames {
  /** First and last number, as Wireshark counts. */
  readonly range: NumberRange;
  /** Index of the file, in the order in which the captures are read; null for every file. */
  readonly capture: number | null;
}

/** "12" or "12-20", and "2:12" or "2:12-20" for frames of the second file, as reports write them. */
export function readFrames(text: string): WantedFrames {
  const [, file, from = "", to = from] = /^(?:(\d{1,5}):)?(\d{1,10})(?:-(\d{1,10}))?$/.exec(text) ?? [];
  const range = [Number(from), Number(to)] as const;
  if (from === "")
    throw new FilterError(
      say`a frame is a number or a range such as 12-20, or 2:12 in the second file, not "${verbatim(text)}"`,
    );
  if (range[0] === 0)
    throw new FilterError(say`frames are counted from 1, so there is no frame 0 in "${verbatim(text)}"`);
  if (range[1] > MOST_FRAMES)
    throw new FilterError(say`no capture has as many frames as "${verbatim(text)}"`);
  if (range[1] < range[0]) throw new FilterError(say`the range "${verbatim(text)}" ends before it begins`);
  if (file !== undefined && Number(file) === 0)
    throw new FilterError(say`files are counted from 1, so there is no file 0 in "${verbatim(text)}"`);
  return { range, capture: file === undefined ? null : Number(file) - 1 };
}

/** Names and numbers of one kind of type. */
export interface TypeNames {
  /** Such as "an exchange type". */
  readonly what: string;
  /** All that have one, of both versions. */
  readonly names: readonly string[];
  /** The largest number. */
  readonly most: number;
}

/** The number that was written, or the name by {@link plainName}. */
export function readType(text: string, { what, names, most }: TypeNames): number | string {
  const number = numberIn(text);
  if (number !== null && number <= most) return number;
  const wanted = plainName(text);
  const isPlace = /^(?:PRIVATE_USE|UNASSIGNED)_\d+$/.test(wanted);
  if (isPlace || names.some((name) => plainName(name) === wanted)) return wanted;
  const meant = closestWord(text, names);
  const hint = meant === null ? say`, such as ${names[1] ?? ""}` : say`; did you mean ${meant}?`;
  throw new FilterError(say`"${verbatim(text)}" is not ${what}: a name or a number from 0 to ${most}${hint}`);
}

/** One name for what IKEv1 writes with hyphens and IKEv2 with underscores. */
export function plainName(name: string): string {
  return name.replaceAll("-", "_").toUpperCase();
}

function numberIn(text: string): number | null {
  return /^(?:\d{1,10}|0x[0-9a-f]{1,8})$/i.test(text) ? Number(text) : null;
}
