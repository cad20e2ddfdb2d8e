import type { IcmpAnswer } from "../../session/model.js";

/** RFC 792 (type 3, code 3) and RFC 4443 (type 1, code 4). */
export function isPortUnreachable({ error: { version, type, code } }: IcmpAnswer): boolean {
  return version === 4 ? type === 3 && code === 3 : type === 1 && code === 4;
}
