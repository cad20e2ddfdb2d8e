import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CAPTURE_FORMS } from "../../src/diagnosis/commands/product.js";
import { PROCEDURE_NAMES } from "../../src/diagnosis/commands/procedure.js";
import { PRODUCTS, PRODUCT_WORDS, productCalled, productsOf } from "../../src/diagnosis/commands/products.js";
import { SCHEDULES } from "../../src/session/schedules.js";
import { VENDOR_IDS } from "../../src/ike/registries/vendor-ids.js";

/** The rows of the table of docs/references.md: product, procedures, document. */
const ROWS = readFileSync(new URL("../../docs/references.md", import.meta.url), "utf8")
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .filter((cells) => cells.length === 5);

/** All names that recognition gives. */
const RECOGNISED = new Set([
  ...VENDOR_IDS.flatMap(({ implementation }) => implementation ?? []),
  ...SCHEDULES.flatMap(({ implementations }) => implementations),
]);

describe("the commands of products", () => {
  it.each(PRODUCTS)(
    "$name: each procedure comes from a document that docs/references.md names",
    (product) => {
      const rows = ROWS.filter(([, name]) => name === product.name);
      const procedures = Object.keys(product.commands);
      expect(procedures.length).toBeGreaterThan(0);
      for (const procedure of procedures) {
        const sources = rows.filter(
          ([, , named = ""]) => named === "all" || named.split(", ").includes(procedure),
        );
        expect(sources.length, procedure).toBe(1);
        expect(sources[0]?.[3]?.length, procedure).toBeGreaterThan(10);
      }
    },
  );

  it("has no row of a procedure that the product does not have", () => {
    for (const [, name, named = ""] of ROWS) {
      const product = PRODUCTS.find((one) => one.name === name);
      if (product === undefined || named === "all") continue;
      const own: readonly string[] = Object.keys(product.commands);
      expect(
        named.split(", ").filter((procedure) => !own.includes(procedure)),
        name,
      ).toEqual([]);
    }
  });

  it.each(PRODUCTS)(
    "$name is reached by its name, its ID and its other words, however they are written",
    (product) => {
      for (const word of [product.name, product.id, ...(product.alsoCalled ?? [])]) {
        expect(productCalled(word), word).toBe(product);
        expect(productCalled(` ${word.toUpperCase()} `), word).toBe(product);
      }
    },
  );

  it("gives no word to two products", () => {
    expect(new Set(PRODUCT_WORDS).size).toBe(PRODUCT_WORDS.length);
  });

  it.each(PRODUCTS)("$name: what recognition calls it is what recognition gives", ({ implementations }) => {
    for (const name of implementations) {
      expect(RECOGNISED, name).toContain(name);
      expect(productsOf(name).length).toBeGreaterThan(0);
    }
  });

  it.each(PRODUCTS)("$name: commands are lines of text without anything around them", ({ commands }) => {
    for (const [procedure, lines] of Object.entries(commands)) {
      expect(PROCEDURE_NAMES, procedure).toContain(procedure);
      expect(lines.length, procedure).toBeGreaterThan(0);
      for (const line of lines) expect(line, procedure).toMatch(/^\S(.*\S)?$/);
    }
  });

  it.each(PRODUCTS)("$name: a capture command says in which form it gives the packets", (product) => {
    expect(product.captureForm === undefined).toBe(product.commands.capture === undefined);
    if (product.captureForm !== undefined) expect(CAPTURE_FORMS).toContain(product.captureForm);
  });

  it.each(PRODUCTS.map((product) => [product.name, product] as const))(
    "%s: its commands set no algorithm that a finding would warn of",
    (_, { commands }) => {
      const weak = /\b(?:3?des|md5|group ?[125]|dh-group[125]|modp1024)\b|esp-3?des/i;
      expect(
        Object.values(commands)
          .flat()
          .filter((line) => weak.test(line)),
      ).toEqual([]);
    },
  );
});
