#!/usr/bin/env node
import { readBuildInfo } from './build-info.ts';
import { parseCommandLine, type Task, UsageError } from './cli.ts';
import { ConfigError } from './config/config-error.ts';

const EXIT_CANNOT_START = 1;
const EXIT_USAGE = 2;

/** Something that runs until it is told to stop. */
interface Running {
  reload?(): Promise<unknown>;
  stop(): Promise<void>;
}

const buildInfo = readBuildInfo(process.env, process.version);

async function run(task: Task): Promise<Running | undefined> {
  switch (task.kind) {
    case 'print':
      process.stdout.write(task.text);
      return undefined;
    case 'schema': {
      const { configJsonSchema } = await import('./config/json-schema.ts');
      process.stdout.write(`${JSON.stringify(await configJsonSchema(), null, 2)}\n`);
      return undefined;
    }
    case 'check-config': {
      const { loadAtStart } = await import('./serve.ts');
      const { config } = await loadAtStart(task.options);
      process.stdout.write(`configuration is valid, nodes: ${config.nodes.length}\n`);
      return undefined;
    }
    case 'serve': {
      const { serve } = await import('./serve.ts');
      return serve(task.options, buildInfo, process.env);
    }
    case 'demo': {
      const { runDemo } = await import('./demo.ts');
      return runDemo(task.options, buildInfo, (line) => process.stdout.write(`${line}\n`));
    }
    default:
      return task satisfies never;
  }
}

function fail(error: unknown): never {
  if (error instanceof ConfigError) {
    process.stderr.write(`${error.problems.join('\n')}\n`);
    process.exit(EXIT_USAGE);
  }
  const message = error instanceof Error ? error.message : String(error);
  const isUsage = error instanceof UsageError;
  process.stderr.write(`genesis-exporter: ${message}${isUsage ? ' (--help tells what there is)' : ''}\n`);
  process.exit(isUsage ? EXIT_USAGE : EXIT_CANNOT_START);
}

function stopOnSignals(starting: Promise<Running | undefined>): void {
  let isStopping = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (isStopping) process.exit(signal === 'SIGINT' ? 130 : 143);
    isStopping = true;
    starting.then((running) => running?.stop()).then(() => process.exit(0), fail);
  };
  // Problems are logged where they are found.
  process.on('SIGHUP', () => void starting.then((running) => running?.reload?.()).catch(() => undefined));
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

try {
  const starting = run(parseCommandLine(process.argv.slice(2), process.env, buildInfo.version));
  stopOnSignals(starting);
  await starting;
} catch (error) {
  fail(error);
}
