import { describe, expect, it } from 'vitest';
import { type HomeTexts, MAX_DECLARED, readHomeTexts } from '../../src/genesis/home.ts';

const SURROUNDINGS = { env: new Map(), hostName: 'here' };

function file(path: string, text: string) {
  return { path, text };
}

function read(texts: Partial<HomeTexts>) {
  return readHomeTexts({ processes: [], services: [], systemDefinition: undefined, ...texts }, SURROUNDINGS);
}

function processes(...names: readonly string[]): string {
  return `<processes>${names.map((name) => `<process name="${name}"/>`).join('')}</processes>`;
}

describe('readHomeTexts', () => {
  it('believes the first file of a kind, process by process', () => {
    const { processes: declared, isSuccessful } = read({
      processes: [
        file('a', '<processes><process name="A"><groupId>1</groupId></process></processes>'),
        file('b', processes('B', 'A')),
      ],
      services: [
        file('c', '<configuration><service name="A" port="1"/></configuration>'),
        file('d', '<configuration><service name="A" port="2"/></configuration>'),
      ],
    });
    expect(isSuccessful).toBe(true);
    expect(declared.map(({ name, group, port }) => [name, group, port])).toEqual([
      ['A', '1', 1],
      ['B', '', undefined],
    ]);
  });

  it('names what it passed over, and is successful', () => {
    const services = [file('home/s.xml', '<configuration>\n <service name="A" port="x"/></configuration>')];
    expect(read({ processes: [file('home/p.xml', processes('A'))], services })).toMatchObject({
      isSuccessful: true,
      problems: ['home/s.xml:2:2: expected a port from 1 to 65535 for A, got "x"'],
      processes: [{ name: 'A', port: undefined }],
    });
  });

  it('names everything that is malformed, and gives nothing of the rest', () => {
    const reading = read({
      processes: [file('p.xml', processes('A')), file('q.xml', '<processes>\n<process>\n')],
      services: [file('s.xml', '<html/>')],
      systemDefinition: file('d.kts', 'systemDefinition {'),
    });
    expect(reading).toEqual({
      isSuccessful: false,
      hints: ['file-cut', 'html-page'],
      problems: [
        'q.xml:3:1: not XML: expected </process> before the end',
        's.xml:1:1: expected <processes> or <configuration>, got <html>; it looks like a web page that was saved in place of the file',
        'd.kts:1:18: expected a } for this {',
      ],
      processes: [],
      healthPort: undefined,
    });
  });

  it('reads a system definition and the environment', () => {
    const text = 'systemDefinition { global { item("DaemonHealthPort", "1") item("A_PROCESS_START", "false") } }';
    const texts = { processes: [file('p', processes('A'))], services: [], systemDefinition: file('d', text) };
    const env = new Map([['GENESIS_SYSDEF_DaemonHealthPort', '2']]);
    expect(readHomeTexts(texts, { env, hostName: 'here' })).toMatchObject({
      healthPort: 2,
      processes: [{ name: 'A', expected: false }],
    });
  });

  it.each([
    [MAX_DECLARED, true],
    [MAX_DECLARED + 1, false],
  ])('of %i processes is successful: %j', (count, isSuccessful) => {
    const names = Array.from({ length: count }, (_, index) => `P${index}`);
    const reading = read({ processes: [file('p.xml', processes(...names))] });
    expect(reading.isSuccessful).toBe(isSuccessful);
    expect(reading.problems).toEqual(isSuccessful ? [] : ['p.xml: expected at most 1000 processes, got 1001']);
  });
});
