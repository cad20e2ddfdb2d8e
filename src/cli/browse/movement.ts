import type { Key } from "../terminal/keys.js";

/** Moves by lines: one, a screen (`isScreen`), or to an end. */
interface Movement {
  readonly by: number;
  readonly isScreen: boolean;
}

/** The movement that a key means among lines of which `screen` fit; null for a key that does not move. */
export function movement(key: Key, screen: number): Movement | null {
  const one = (by: number): Movement => ({ by, isScreen: false });
  const page = (by: number): Movement => ({ by, isScreen: true });
  if (key.kind === "character") {
    switch (key.text) {
      case "j":
        return one(1);
      case "k":
        return one(-1);
      case " ":
        return page(screen);
      case "g":
        return one(-Infinity);
      case "G":
        return one(Infinity);
      default:
        return null;
    }
  }
  switch (key.kind) {
    case "down":
      return one(1);
    case "up":
      return one(-1);
    case "page-down":
      return page(screen);
    case "page-up":
      return page(-screen);
    case "home":
      return one(-Infinity);
    case "end":
      return one(Infinity);
    default:
      return null;
  }
}
