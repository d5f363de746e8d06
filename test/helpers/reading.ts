/** One row of `/health/status`. */
export interface Row {
  readonly PROCESS_NAME: string;
  readonly STATUS: string;
  readonly MESSAGE: string;
  readonly PORT: number;
}

/** `/health/status` as it is answered now. */
export async function readHealth(url: string, query = ''): Promise<{ code: number; rows: readonly Row[]; ms: number }> {
  const startMs = performance.now();
  const response = await fetch(`${url}/health/status${query}`);
  const rows: readonly Row[] = JSON.parse(await response.text());
  return { code: response.status, rows, ms: performance.now() - startMs };
}

/** `/metrics` as a map from series to value. */
export async function readMetrics(url: string): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}

/** The series of a family, each with its value. */
export function family(series: ReadonlyMap<string, number>, name: string): readonly (readonly [string, number])[] {
  return [...series].filter(([key]) => key === name || key.startsWith(`${name}{`));
}
