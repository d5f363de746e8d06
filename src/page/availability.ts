import { lengthText } from './time.ts';

/** How long a node or a process was healthy, of the time watched by an exporter. */
export interface Availability {
  readonly watchedMs: number;
  readonly healthyMs: number;
  /** Left out of both, since it was planned; undefined where the plan is not known. */
  readonly maintenanceMs: number | undefined;
}

/** A share as `99.2 %`, cut and never rounded up: 100 % is all, and nothing less. */
export function percentText(ratio: number): string {
  const cut = Math.floor(ratio * 10_000 + 1e-6) / 100;
  return `${ratio < 1 ? Math.min(cut, 99.99) : 100} %`;
}

/** `99.2 %`, or a dash if no exporter watched. */
export function availabilityText({ watchedMs, healthyMs }: Availability): string {
  return watchedMs > 0 ? percentText(healthyMs / watchedMs) : '–';
}

/** The basis of the share: `of 6 d 3 h watched; 21 h not watched`. */
export function availabilityBasis({ watchedMs, maintenanceMs = 0 }: Availability, windowMs: number): string {
  const unwatchedMs = windowMs - watchedMs - maintenanceMs;
  const parts = [
    watchedMs > 0
      ? `of ${lengthText(watchedMs)} watched`
      : `not watched ${maintenanceMs > 0 ? 'outside of maintenance' : 'at all'}`,
    watchedMs > 0 && unwatchedMs >= 1000 && `${lengthText(unwatchedMs)} not watched`,
    maintenanceMs > 0 && `${lengthText(maintenanceMs)} of maintenance left out`,
  ];
  return parts.filter((part) => part !== false).join('; ');
}
