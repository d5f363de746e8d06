/** The formats of the metrics page: Prometheus' text format and OpenMetrics 1.0. */
export type ExpositionFormat = 'text' | 'openmetrics';

/** The content types of both formats. */
export const CONTENT_TYPES: Readonly<Record<ExpositionFormat, string>> = {
  text: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
};

const MAX_ACCEPT_LENGTH = 4096;

/** The format that an Accept header prefers: OpenMetrics when it names version 1.0 and wants `text/plain` less, the text format for any other header. */
export function preferredFormat(accept = ''): ExpositionFormat {
  if (accept.length > MAX_ACCEPT_LENGTH || !/openmetrics/i.test(accept)) return 'text';
  let open = 0;
  let text: number | undefined;
  let wildcard = 0;
  for (const entry of accept.toLowerCase().split(',')) {
    const [type = '', ...parameters] = entry.split(';').map((part) => part.trim());
    const quality = qualityOf(parameters);
    const version = parameters.find((parameter) => parameter.startsWith('version='))?.slice('version='.length);
    if (type === 'application/openmetrics-text' && (version === undefined || /^"?1\.0\.0"?$/.test(version)))
      open = Math.max(open, quality);
    if (type === 'text/plain') text = Math.max(text ?? 0, quality);
    if (type === 'text/*' || type === '*/*') wildcard = Math.max(wildcard, quality);
  }
  // A wildcard stands for the text format where that is not named; a client that names OpenMetrics beside it prefers that.
  const isPreferred = text === undefined ? open > 0 && open >= wildcard : open > text;
  return isPreferred ? 'openmetrics' : 'text';
}

/** The q-value of a media range: 1 if there is none, 0 if it is not valid. */
function qualityOf(parameters: readonly string[]): number {
  const given = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  if (given === undefined) return 1;
  return /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(given) ? Number(given) : 0;
}

/** The last line of an OpenMetrics page. */
export const END_OF_OPEN_METRICS = '# EOF\n';

/**
 * Converts lines of the text format to OpenMetrics, without its last line: the family of a counter has no `_total`, units are named, and
 * bounds of buckets are floats. `createdSeconds`, seconds since the epoch, is when the counters and histograms of the text began;
 * undefined when it is not known.
 */
export function toOpenMetrics(text: string, createdSeconds?: number): string {
  const lines: string[] = [];
  let type = '';
  for (const line of text.split('\n')) {
    const head = /^# (HELP|TYPE) (\S+)(.*)$/.exec(line);
    if (head === null) {
      if (line !== '')
        lines.push(type === 'histogram' ? withFloatBound(line) : line, ...createdOf(line, type, createdSeconds));
      continue;
    }
    const [, keyword = '', name = '', rest = ''] = head;
    const family = name.replace(/_total$/, '');
    lines.push(`# ${keyword} ${family}${rest}`);
    if (keyword !== 'TYPE') continue;
    type = rest.trim();
    const [, unit] = /_(seconds|bytes|ratio)$/.exec(family) ?? [];
    if (unit !== undefined) lines.push(`# UNIT ${family} ${unit}`);
  }
  return lines.map((line) => `${line}\n`).join('');
}

function withFloatBound(line: string): string {
  return line.replace(/le="(\d+)"/, 'le="$1.0"');
}

function createdOf(line: string, type: string, createdSeconds: number | undefined): readonly string[] {
  if (createdSeconds === undefined) return [];
  const [, name = '', labels = ''] = /^([\w:]+?)_(?:total|count)(\{.*\})? \S+$/.exec(line) ?? [];
  return name !== '' && (type === 'counter' || type === 'histogram')
    ? [`${name}_created${labels} ${createdSeconds}`]
    : [];
}
