/** So long a page waits for its history: the disk that holds it may hang. */
const WITHIN_MS = 3000;

/** What is read from a history; undefined when reading fails, or takes too long. The source itself logs why. */
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

/** What the API answers when a history cannot be read. */
export const UNREADABLE = { error: 'the history cannot be read now' } as const;
