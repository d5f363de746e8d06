import * as z from 'zod';
import type { ConnectChoice } from '../domain/node.ts';
import { DEFAULTS } from './defaults.ts';
import { formatDuration } from './duration.ts';
import { dnsSdSchema, fileSdSchema, httpSdSchema, probeSchema } from './schema-discovery.ts';
import { HTTP_CLIENT_SHAPE } from './schema-http.ts';
import { maintenanceSchema } from './schema-maintenance.ts';
import {
  byteSize,
  dictionary,
  duration,
  field,
  filePath,
  flag,
  host,
  httpUrl,
  integer,
  labelName,
  list,
  longDuration,
  mapping,
  state,
  text,
  urlPath,
  word,
} from './schema-values.ts';

const CONNECT_CHOICES = ['declared', 'all', 'none'] as const satisfies readonly ConnectChoice[];

const timings = {
  scrape_interval: field(duration(1_000), 'How often a node is probed.', formatDuration(DEFAULTS.intervalMs)),
  scrape_timeout: field(
    duration(1),
    "Deadline of a node's health probe, at most its interval; shorter by default when the interval is.",
    formatDuration(DEFAULTS.timeoutMs),
  ),
  stale_after: field(
    longDuration(),
    "Age beyond which a health answer counts no more, at least interval and timeout together; default: 3 of the node's intervals.",
  ),
  forget_after: field(
    longDuration(),
    'How long a process that dropped out of the answers is still expected.',
    formatDuration(DEFAULTS.forgetAfterMs),
  ),
} as const;

const nodeTimings = {
  scrape_interval: field(duration(1_000), 'How often this node is probed; default: as for all.'),
  scrape_timeout: field(
    duration(1),
    'Deadline of its health probe; default: as for all, or its interval when shorter.',
  ),
  stale_after: field(longDuration(), 'Age beyond which its answer counts no more; default: as for all.'),
  forget_after: field(longDuration(), 'How long a process that dropped out is still expected; default: as for all.'),
} as const;

const healthSchema = mapping({
  enabled: field(flag(), 'Whether to probe the health endpoint.', true),
  scheme: field(word(['http', 'https']), 'Scheme, for nodes without a health_url.', DEFAULTS.scheme),
  port: field(integer(1, 65_535), 'Port, for nodes without a health_url.', DEFAULTS.port),
  path: field(urlPath(), 'Path, for nodes without a health_url.', DEFAULTS.path),
  max_body_bytes: field(byteSize(), 'Largest body that is read.', '8MiB'),
  max_processes: field(integer(1, 100_000), 'Most rows that are read.', DEFAULTS.maxProcesses),
  ...HTTP_CLIENT_SHAPE,
});

const connectSchema = mapping({
  processes: field(
    word(CONNECT_CHOICES),
    'Which processes get a connect probe: the declared ones, every known one, or none.',
    DEFAULTS.connectProcesses,
  ),
  timeout: field(
    duration(1),
    'Deadline of a connect probe, at most its interval; shorter by default when the interval is.',
    formatDuration(DEFAULTS.connectTimeoutMs),
  ),
  interval: field(duration(1_000), "How often a process is probed; default: the node's scrape_interval."),
});

/** One module: how nodes are probed and judged. */
export const moduleSchema = mapping({
  health: field(healthSchema, 'The health endpoint.'),
  connect: field(connectSchema, "TCP connections to the processes' ports."),
  healthy_states: field(
    list(state()).min(1, 'at least one state'),
    'States in which a process is healthy.',
    DEFAULTS.healthyStates,
  ),
  tolerate_with_200: field(
    list(state()),
    'Reported states that do not make a node unhealthy while Genesis itself answers 200.',
    DEFAULTS.toleratedWith200,
  ),
  status_aliases: field(
    dictionary(text(), state()),
    'Other STATUS words, without case, and the state each stands for; in place of the default ones.',
    DEFAULTS.statusAliases,
  ),
});

const processSchema = mapping({
  name: text().meta({ description: 'PROCESS_NAME of the process, unique on its node.' }),
  port: field(integer(1, 65_535), 'Port that the process listens on.'),
  host: field(host(), "Where that port is reached; default: the node's address."),
  tls: field(flag(), 'Whether the port speaks TLS.', false),
  expected: field(flag(), 'Whether the process should run.', true),
  group: field(text(), 'Start group, for genesis_process_info.'),
  primary_only: field(flag(), 'Whether it runs on the primary node of a cluster alone.', false),
});

/** One node. */
export const nodeSchema = mapping({
  name: text().meta({ description: 'Unique name: the genesis_node label.' }),
  address: field(
    host(),
    'Host name or IP address; default: the host of health_url, else 127.0.0.1 with a genesis_home.',
  ),
  health_url: field(httpUrl(), 'URL of the health endpoint; default: from address and module.'),
  module: field(text(), 'How to probe and judge it.', DEFAULTS.module),
  ...nodeTimings,
  cluster: field(text(), 'Name that the nodes of one Genesis cluster share.'),
  labels: field(dictionary(labelName(), text()), 'Labels of genesis_node_info.'),
  genesis_home: field(
    filePath('the path of a folder'),
    "Folder with Genesis' own configuration files: they declare processes and may name the health port.",
  ),
  processes: field(list(processSchema), "Processes that are declared to run there, each in place of the home's own."),
});

const globals = {
  ...timings,
  max_nodes: field(integer(1, 100_000), 'Most nodes that are accepted.', DEFAULTS.maxNodes),
  max_concurrent_connects: field(integer(1, 65_535), 'Most connect probes at once.', DEFAULTS.maxConcurrentConnects),
} as const;

/** The document without a check of its parts. Each part is checked alone, so that a wrong part does not hide problems of the others. */
export const outlineSchema = mapping({
  ...globals,
  modules: field(dictionary(text(), z.unknown()), 'Ways to probe and judge nodes, by name.'),
  nodes: field(list(z.unknown()), 'The nodes to watch.'),
  file_sd_configs: field(list(z.unknown()), 'Files that name further nodes.'),
  http_sd_configs: field(list(z.unknown()), 'Web servers that name further nodes.'),
  dns_sd_configs: field(list(z.unknown()), 'DNS names whose records name further nodes.'),
  probe: field(z.unknown(), 'What /probe may do.'),
  maintenance: field(list(z.unknown()), 'Planned maintenance.'),
});

/** The whole document. */
export const configSchema = mapping({
  ...globals,
  modules: field(dictionary(text(), moduleSchema), 'Ways to probe and judge nodes, by name; `default` always exists.'),
  nodes: field(list(nodeSchema), 'The nodes to watch.'),
  file_sd_configs: field(list(fileSdSchema), "Files that name further nodes, in Prometheus' format."),
  http_sd_configs: field(list(httpSdSchema), "Web servers that name further nodes, in Prometheus' format."),
  dns_sd_configs: field(list(dnsSdSchema), 'DNS names whose records name further nodes.'),
  probe: field(probeSchema, 'What /probe may do.'),
  maintenance: field(
    list(maintenanceSchema),
    'Planned maintenance, in which the alerts about nodes and processes are silent.',
  ),
});

/** The checked settings for all nodes; durations are milliseconds. */
export type GlobalsDocument = z.output<z.ZodObject<typeof globals>>;

/** A checked module; durations are milliseconds. */
export type ModuleDocument = z.output<typeof moduleSchema>;

/** A checked node; durations are milliseconds. */
export type NodeDocument = z.output<typeof nodeSchema>;
