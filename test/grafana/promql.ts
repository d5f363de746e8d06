import { parser } from '@prometheus-io/lezer-promql';

/** A selector of series in an expression. */
export interface Selector {
  readonly metric: string;
  /** As they are written, such as `job=~"$job"`. */
  readonly matchers: readonly string[];
  /** The range in brackets; none for an instant vector. */
  readonly range: string | undefined;
  /** The function whose argument it is, with its range; none when it is no argument. */
  readonly calledBy: string | undefined;
}

/** Values for the variables of the dashboards: everything, over five minutes. */
export const EVERYTHING: Readonly<Record<string, string>> = {
  __rate_interval: '5m',
  __range: '1h',
  job: '.+',
  instance: '.+',
  cluster: '.*',
  namespace: '.*',
  genesis_node: '.+',
  process: '.+',
};

/** The expression with its variables filled in; one that has no value throws. */
export function fillIn(expr: string, values = EVERYTHING): string {
  return expr.replaceAll(/\$(\w+)|\$\{(\w+)[^}]*\}/g, (text, bare?: string, braced?: string) => {
    const value = values[bare ?? braced ?? ''];
    if (value === undefined) throw new Error(`no value for ${text}`);
    return value;
  });
}

/** Where the expression is no PromQL; nothing when it is. Variables must be filled in. */
export function syntaxErrors(expr: string): readonly string[] {
  const errors: string[] = [];
  parser.parse(expr).iterate({
    enter({ type, from }) {
      if (type.isError) errors.push(`${expr.slice(0, from)} <- here: ${expr.slice(from)}`);
    },
  });
  return errors;
}

/** All selectors of an expression; ranges may be variables. */
export function selectorsOf(expr: string): readonly Selector[] {
  const parsable = expr.replaceAll('$__rate_interval', '11m').replaceAll('$__range', '13m');
  const selectors: Selector[] = [];
  const textOf = ({ from, to }: { from: number; to: number }) => parsable.slice(from, to);
  parser.parse(parsable).iterate({
    enter({ name, node }) {
      if (name !== 'VectorSelector') return;
      const identifier = node.getChild('Identifier');
      const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
      const ranged = node.parent?.name === 'MatrixSelector' ? node.parent : undefined;
      const body = (ranged ?? node).parent;
      const call = body?.name === 'FunctionCallBody' ? body.parent?.getChild('FunctionIdentifier') : undefined;
      const range = ranged && textOf({ from: node.to + 1, to: ranged.to - 1 });
      selectors.push({
        metric: identifier ? textOf(identifier) : '',
        matchers: matchers.map(textOf),
        range: range?.replace('11m', '$__rate_interval').replace('13m', '$__range'),
        calledBy: call ? textOf(call) : undefined,
      });
    },
  });
  return selectors;
}
