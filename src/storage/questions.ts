/** Questions to the storage process that wait for their answers. */
export interface Questions {
  /** Sends a question under a new number; rejects with an error, or when no answer comes in time. */
  ask(send: (id: number) => void): Promise<unknown>;
  answer(id: number, value: unknown): void;
  fail(id: number, error: Error): void;
}

/** No questions yet; each waits at most `timeoutMs`. */
export function createQuestions(timeoutMs: number): Questions {
  const waiting = new Map<number, (value: unknown, error?: Error) => void>();
  let lastId = 0;

  function settle(id: number, value: unknown, error?: Error): void {
    waiting.get(id)?.(value, error);
    waiting.delete(id);
  }

  function ask(send: (id: number) => void): Promise<unknown> {
    lastId += 1;
    const id = lastId;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => settle(id, undefined, new Error('the database does not answer')), timeoutMs);
      waiting.set(id, (value, error) => {
        clearTimeout(timer);
        if (error === undefined) resolve(value);
        else reject(error);
      });
      send(id);
    });
  }

  return { ask, answer: (id, value) => settle(id, value), fail: (id, error) => settle(id, undefined, error) };
}
