/** One entry of `probe.allowed_targets`: a host pattern or a CIDR, and a port. */
export interface AllowedTarget {
  readonly text: string;
  readonly host: { readonly kind: 'pattern'; readonly pattern: string } | { readonly kind: 'cidr'; readonly cidr: string };
  readonly port: number;
}

/** Reads `*.genesis.svc:4569`, `10.0.0.0/8:4569` or `[fd00::/8]:4569`; undefined when it is none of these. */
export function parseAllowedTarget(_text: string): AllowedTarget | undefined {
  return undefined;
}
