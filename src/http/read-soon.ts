/** How long a page waits for the history, because the disk may hang. */
const WITHIN_MS = 3000;

/** Awaits a read of the history; undefined when it fails or takes too long. The history source logs the reason. */
export async function readSoon<T>(reading: Promise<T>, withinMs = WITHIN_MS): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), withinMs);
  });
  try {
    return await Promise.race([reading.catch(() => undefined), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The body of a 503 when the history cannot be read. */
export const UNREADABLE = { error: 'the history cannot be read now' } as const;
