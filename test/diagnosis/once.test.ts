import { describe, expect, it } from "vitest";
import { once, onceInTurn } from "../../src/diagnosis/once.js";

describe("a fact", () => {
  it("is computed once for each subject, also where it is null", () => {
    const asked: object[] = [];
    const fact = once((subject: { readonly value: number | null }) => {
      asked.push(subject);
      return subject.value;
    });
    const [one, none] = [{ value: 1 }, { value: null }];
    expect([fact(one), fact(none), fact(one), fact(none)]).toEqual([1, null, 1, null]);
    expect(asked).toEqual([one, none]);
  });

  it("is another one for a subject that looks the same", () => {
    const fact = once((subject: { readonly values: readonly number[] }) => [...subject.values]);
    expect(fact({ values: [1] })).not.toBe(fact({ values: [1] }));
  });
});

describe("a fact about what is judged one after the other", () => {
  it("is computed once until another one is asked about, also where it is null", () => {
    const asked: object[] = [];
    const fact = onceInTurn((subject: { readonly value: number | null }) => {
      asked.push(subject);
      return subject.value;
    });
    const [none, one] = [{ value: null }, { value: 1 }];
    expect([fact(none), fact(none), fact(one), fact(one), fact(none)]).toEqual([null, null, 1, 1, null]);
    expect(asked).toEqual([none, one, none]);
  });
});
