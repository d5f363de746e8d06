import { Agent, request } from 'undici';

const CYCLE_MS = 50;

/** Asks blackbox_exporter for the nine checks of one node after another, 20 nodes a second, until it is stopped. */
export async function driveBlackbox(url: string, healthUrls: readonly string[]): Promise<{ stop(): void }> {
  const dispatcher = new Agent({ connections: 9 });
  const checks = await Promise.all(healthUrls.map(checksOf));
  let next = 0;
  let isStopped = false;

  async function check(path: string): Promise<void> {
    const { body } = await request(url + path, { dispatcher });
    const text = await body.text();
    if (!text.includes('\nprobe_success 1')) throw new Error(`blackbox_exporter: ${path} failed`);
  }

  const timer = setInterval(() => {
    const paths = checks[next++ % checks.length] ?? [];
    // A check that fails ends the bench, but for those that are under way when it stops.
    Promise.all(paths.map(check)).catch((error) => {
      if (!isStopped) throw error;
    });
  }, CYCLE_MS);
  return {
    stop() {
      isStopped = true;
      clearInterval(timer);
      void dispatcher.destroy();
    },
  };
}

async function checksOf(healthUrl: string): Promise<readonly string[]> {
  const response = await fetch(healthUrl);
  const rows: unknown = await response.json();
  const host = new URL(healthUrl).hostname;
  const ports = Array.isArray(rows) ? rows.map(({ PORT }) => Number(PORT)) : [];
  return [
    `/probe?module=health&target=${encodeURIComponent(healthUrl)}`,
    ...ports.map((port) => `/probe?module=connect&target=${host}:${port}`),
  ];
}
