/** The words with which a detail names the expected answer. */
export interface Wanted {
  readonly array: string;
  readonly oneArray: string;
  readonly page: string;
  readonly theirs: string;
  readonly notThis: string;
  readonly path: string;
  readonly codes: string;
  readonly https: string;
  readonly http: string;
}

/** The health answer of a node. */
export const HEALTH: Wanted = {
  array: 'Genesis sends an array',
  oneArray: 'Genesis sends one array',
  page: 'does the URL lead to the health endpoint?',
  theirs: "not Genesis' own answer",
  notThis: 'not a health answer',
  path: 'is it the port and path of the health endpoint?',
  codes: 'Genesis answers 200 or 503',
  https: 'set scheme: https',
  http: 'set scheme: http',
};

/** The target groups of a discovery service. */
export const TARGETS: Wanted = {
  array: 'target groups are an array',
  oneArray: 'target groups are one array',
  page: 'does the URL lead to the target groups?',
  theirs: "not the discovery service's own answer",
  notThis: 'not target groups',
  path: 'is it the path of the target groups?',
  codes: 'expected status 200',
  https: 'write https:// in the url',
  http: 'write http:// in the url',
};
