import { expect, it } from "vitest";
import { outputWidth } from "../../src/cli/width.js";

it.each([
  ["of a terminal", { columns: 90 }, 90],
  ["of a wide terminal", { columns: 300 }, 120],
  ["of a terminal that does not know how wide it is", { columns: 0 }, 80],
  ["of a pipe", {}, 80],
  ["of a terminal of one column", { columns: 1 }, 20],
])("the width %s is one that text fits in", (_, stream, width) => {
  expect(outputWidth(120, 80, stream)).toBe(width);
});
