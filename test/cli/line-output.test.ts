import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { LineOutput } from "../../src/cli/line-output.js";

/** A reader that looks at each piece only when it is done with it, some time after it came. */
class SlowReader extends Writable {
  read = "";

  override _write(piece: Uint8Array, _: string, done: () => void): void {
    setTimeout(() => {
      this.read += Buffer.from(piece).toString();
      done();
    }, 1);
  }

  /** All that came, once the output has ended. */
  async ended(output: LineOutput): Promise<string> {
    await output.end();
    await new Promise<void>((resolve) => this.end(resolve));
    return this.read;
  }
}

const line = (number: number): string => `line ${number} ${"x".repeat(number % 200)}`;

describe("lines to a stream", () => {
  it("come whole and in order to a reader that is slower than they are made", async () => {
    const reader = new SlowReader();
    const output = new LineOutput(reader);
    const lines = Array.from({ length: 5000 }, (_, number) => line(number));
    for (const [number, text] of lines.entries()) {
      if (number % 2 === 0) output.write(text);
      else output.writeWith((pending) => (pending.text(text), true));
      if (number % 1000 === 0) await output.drained();
    }
    expect(await reader.ended(output)).toBe(`${lines.join("\n")}\n`);
  });

  it("are as long as they have to be", async () => {
    const reader = new SlowReader();
    const output = new LineOutput(reader);
    const long = "é".repeat(500_000);
    output.write(long);
    output.write("next");
    expect(await reader.ended(output)).toBe(`${long}\nnext\n`);
  });

  it("are none where nothing was written", async () => {
    const reader = new SlowReader();
    const output = new LineOutput(reader);
    expect(output.writeWith(() => false)).toBe(false);
    expect(await reader.ended(output)).toBe("");
  });

  it("are announced before they go out, and not where there are none", async () => {
    const said: string[] = [];
    const stream = new Writable({
      write: (piece: Buffer, _, done) => {
        said.push(String(piece));
        done();
      },
    });
    const output = new LineOutput(stream, () => said.push("before"));
    await output.drained();
    expect(said).toEqual([]);
    output.write("one");
    await output.drained();
    expect(said).toEqual(["before", "one\n"]);
    expect(output.lines).toBe(1);
  });
});
