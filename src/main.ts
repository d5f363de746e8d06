#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { readBuildInfo } from './app/build-info.ts';
import { asksForNagios } from './cli/check-command.ts';
import { parseCommandLine, type Task } from './cli/command-line.ts';
import { UsageError } from './cli/options.ts';
import { printAndExit } from './cli/print.ts';
import { ConfigError } from './config/config-error.ts';

const EXIT_CANNOT_START = 1;
const EXIT_USAGE = 2;
/** How long a signal waits for the start to end. */
const MAX_START_WAIT_MS = 2000;

/** A task that runs until `stop()`. */
interface Running {
  reload?(): Promise<unknown>;
  stop(): Promise<void>;
}

// Without this flag V8 allocates short-lived objects of probes in its old generation, because some objects of a probe live on.
// With many nodes five times as much would stay there until a full collection.
setFlagsFromString('--no-allocation-site-pretenuring');

const buildInfo = readBuildInfo(import.meta.url, process.env, process.version);

async function run(task: Task): Promise<Running | undefined> {
  switch (task.kind) {
    case 'print':
      return printAndExit(task.text, 0);
    case 'schema': {
      const { configJsonSchema } = await import('./config/json-schema.ts');
      return printAndExit(`${JSON.stringify(await configJsonSchema(), null, 2)}\n`, 0);
    }
    case 'check-config': {
      const { loadAtStart } = await import('./cli/serve.ts');
      const { config } = await loadAtStart(task.options, process.env);
      const { findUnreadable } = await import('./cli/unreadable-files.ts');
      const { warnOfMaintenance } = await import('./config/maintenance-names.ts');
      const unreadable = await findUnreadable(config);
      const warnings = [...task.options.warnings, ...warnOfMaintenance(config), ...unreadable];
      process.stderr.write(warnings.map((warning) => `warning: ${warning}\n`).join(''));
      return printAndExit(`configuration is valid, nodes: ${config.nodes.length}\n`, 0);
    }
    case 'check': {
      const { runCheck } = await import('./cli/run-check.ts');
      const { terminalOf } = await import('./check/terminal.ts');
      const terminal = terminalOf(process.stdout, process.env);
      const { text, exitCode } = await runCheck(task.options, { buildInfo, env: process.env, terminal });
      return printAndExit(text, exitCode);
    }
    case 'serve': {
      const { serve } = await import('./cli/serve.ts');
      return serve(task.options, buildInfo, process.env);
    }
    case 'rules': {
      const { runRules } = await import('./cli/run-rules.ts');
      return printAndExit(runRules(task.options), 0);
    }
    case 'history': {
      const { runHistory } = await import('./cli/run-history.ts');
      const { configFile } = task.options;
      const { loadConfigFile } = await import('./config/load.ts');
      const config = configFile === undefined ? undefined : await loadConfigFile(configFile, process.env);
      return printAndExit(runHistory(task.options, Date.now(), config), 0);
    }
    case 'demo': {
      const { runDemo } = await import('./cli/demo.ts');
      return runDemo(task.options, buildInfo, (line) => process.stdout.write(`${line}\n`));
    }
    default:
      return task satisfies never;
  }
}

function fail(error: unknown): never {
  const lines = error instanceof ConfigError ? error.problems : [`genesis-exporter: ${describe(error)}`];
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(isUsersFault(error) ? EXIT_USAGE : EXIT_CANNOT_START);
}

/** Nagios reads only standard output, and has its own exit code for checks that could not run. */
async function failForNagios(error: unknown): Promise<never> {
  const { renderNagiosFailure } = await import('./check/nagios.ts');
  const { NAGIOS_EXIT_CODES } = await import('./check/nagios-state.ts');
  const text = error instanceof ConfigError ? error.problems.join('; ') : describe(error);
  return printAndExit(renderNagiosFailure(text), NAGIOS_EXIT_CODES.UNKNOWN);
}

function describe(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof UsageError ? `${message} (--help tells what there is)` : message;
}

function isUsersFault(error: unknown): boolean {
  return error instanceof UsageError || error instanceof ConfigError;
}

function stopOnSignals(starting: Promise<Running | undefined>): void {
  let isStopping = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (isStopping) process.exit(signal === 'SIGINT' ? 130 : 143);
    isStopping = true;
    // A start may wait for a slow disk. Nothing needs to be finished before it has ended.
    const patience = setTimeout(() => process.exit(0), MAX_START_WAIT_MS);
    const started = starting.finally(() => clearTimeout(patience));
    started.then((running) => running?.stop()).then(() => process.exit(0), fail);
  };
  // The reload itself logs its problems.
  process.on('SIGHUP', () => void starting.then((running) => running?.reload?.()).catch(() => undefined));
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

/** The kernel drops signals to the first process of a container unless the process handles them. */
function endOnSignals(): void {
  process.on('SIGTERM', () => process.exit(143));
  process.on('SIGINT', () => process.exit(130));
}

try {
  const task = parseCommandLine(process.argv.slice(2), process.env, buildInfo.version);
  const starting = run(task);
  // Other tasks have nothing to finish. They end at once, with an exit code that is not success.
  if (task.kind === 'serve' || task.kind === 'demo') stopOnSignals(starting);
  else if (process.pid === 1) endOnSignals();
  await starting;
} catch (error) {
  if (asksForNagios(process.argv.slice(2), process.env)) await failForNagios(error);
  fail(error);
}
