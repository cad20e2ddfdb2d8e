import { it } from "vitest";

/** Set where nothing may be missing (a release): what would be skipped fails instead. */
const REQUIRE_ALL = process.env["IKESCOPE_REQUIRE_ALL"] === "1";

type TestBody = () => void | Promise<void>;

/**
 * A test that needs something which may be absent: a folder of captures, a program. Where `available` is false the
 * test is skipped, and its name says why; with IKESCOPE_REQUIRE_ALL=1 it fails instead.
 */
export function itIf(
  available: boolean,
  reason: string,
): (name: string, body: TestBody, timeout?: number) => void {
  return (name, body, timeout) => {
    if (available) it(name, body, timeout);
    else if (REQUIRE_ALL) {
      it(name, () => {
        throw new Error(`required by IKESCOPE_REQUIRE_ALL: ${reason}`);
      });
    } else it.skip(`${name} (skipped: ${reason})`, body);
  };
}
