/** What an answer says of a process. */
export interface Row {
  readonly node: string;
  readonly process: string;
  readonly status: string;
}

/** What an answer says of nodes: that all of them, or this process of all of them, are healthy, or that not all are. */
export interface Verdict {
  readonly nodes: readonly string[];
  /** Undefined for the whole node. */
  readonly process: string | undefined;
  readonly healthy: boolean;
}

/** What the exporter answered, and when; milliseconds of this program's own clock. */
export interface Answer {
  readonly askedMs: number;
  readonly answeredMs: number;
  readonly rows: readonly Row[];
  readonly verdicts: readonly Verdict[];
}

/** What is asked of `/health/status`: one node, or all of them, of which those in `nodes` are known to be configured. */
export interface HealthQuery {
  readonly nodes: readonly string[];
  /** The one node that is named, or undefined. */
  readonly node: string | undefined;
  readonly process: string | undefined;
}

/** What `/health/status` says; the rows of an answer for one node do not name it. */
export function readHealthAnswer(code: number, body: string, query: HealthQuery): Pick<Answer, 'rows' | 'verdicts'> {
  const parsed: unknown = JSON.parse(body);
  const rows = Array.isArray(parsed) ? parsed.map((row: unknown) => readRow(row, query.node)) : [];
  const { nodes, process } = query;
  return { rows, verdicts: [{ nodes, process, healthy: code === 200 }] };
}

function readRow(row: unknown, node: string | undefined): Row {
  // What is not of this shape ends the soak by not being a name it knows.
  const { NODE, PROCESS_NAME, STATUS } = row as Readonly<Record<string, unknown>>;
  return { node: node ?? String(NODE), process: String(PROCESS_NAME), status: String(STATUS) };
}

/** A page of metrics: every sample by its series as it stands on the page. */
export type Samples = ReadonlyMap<string, number>;

/** Reads a page of metrics in the text format. */
export function readSamples(page: string): Samples {
  const lines = page.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(' ');
      return [line.slice(0, space), Number(line.slice(space + 1))];
    }),
  );
}

/** What a page of metrics says; a node whose verdict is absent is not healthy. */
export function readMetricsAnswer(samples: Samples): Pick<Answer, 'rows' | 'verdicts'> {
  const rows: Row[] = [];
  const healthy = new Map<string, boolean>();
  for (const [series, value] of samples) {
    const [, name, labels] =
      /^(genesis_(?:process_status|node_healthy|probe_interval_seconds))\{(.*)\}$/.exec(series) ?? [];
    const node = label(labels, 'genesis_node');
    if (name === 'genesis_process_status' && value === 1)
      rows.push({ node, process: label(labels, 'process'), status: label(labels, 'status') });
    if (name === 'genesis_node_healthy') healthy.set(node, value === 1);
    if (name === 'genesis_probe_interval_seconds' && !healthy.has(node)) healthy.set(node, false);
  }
  const verdicts = [...healthy].map(([node, isHealthy]) => ({ nodes: [node], process: undefined, healthy: isHealthy }));
  return { rows, verdicts };
}

function label(labels: string | undefined, name: string): string {
  return new RegExp(`(?:^|,)${name}="([^"]*)"`).exec(labels ?? '')?.[1] ?? '';
}
