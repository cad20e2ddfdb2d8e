/** A page of metrics, read as Prometheus reads it. */
export interface ReadExposition {
  /** Type by the name of the metric. */
  readonly types: ReadonlyMap<string, string>;
  readonly help: ReadonlyMap<string, string>;
  /** Value by series, such as `ikescope_tunnels{state="up"}`. */
  readonly series: ReadonlyMap<string, number>;
}

/** Reads the text format of Prometheus; throws on a line that is none of it, and on a series that is there twice. */
export function readExposition(text: string): ReadExposition {
  const [types, help, series] = [
    new Map<string, string>(),
    new Map<string, string>(),
    new Map<string, number>(),
  ];
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const comment = /^# (HELP|TYPE) ([a-z_]+) (.+)$/.exec(line);
    const sample = /^([a-z_]+(?:\{(?:[a-z_]+="(?:[^"\\]|\\["\\n])*",?)+\})?) (\S+)$/.exec(line);
    if (comment !== null) {
      (comment[1] === "TYPE" ? types : help).set(comment[2] ?? "", comment[3] ?? "");
    } else if (sample !== null && !series.has(sample[1] ?? "")) {
      series.set(sample[1] ?? "", Number(sample[2]));
    } else throw new Error(`no line of metrics: ${line}`);
  }
  return { types, help, series };
}

/** The series of a metric, without its name. */
export function seriesOf({ series }: ReadExposition, name: string): Record<string, number> {
  return Object.fromEntries(
    [...series]
      .filter(([key]) => key === name || key.startsWith(`${name}{`))
      .map(([key, value]) => [key.slice(name.length), value]),
  );
}
