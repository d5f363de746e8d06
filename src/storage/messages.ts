import type { EventsPage, EventsQuery, NodeHistory } from '../domain/history.ts';
import type { KeptNode } from './records.ts';
import type { Retention, StoredRecord } from './writer.ts';

/** What the storage process is started with. */
export interface StorageProcessOptions extends Retention {
  readonly folder: string;
}

/** What the storage process is asked to do. */
export type StorageRequest =
  | { readonly kind: 'open' }
  | {
      readonly kind: 'write';
      readonly batch: number;
      readonly records: readonly StoredRecord[];
      readonly aliveMs: number;
    }
  | { readonly kind: 'events'; readonly id: number; readonly query: EventsQuery }
  | {
      readonly kind: 'history';
      readonly id: number;
      readonly node: string;
      readonly fromMs: number;
      readonly toMs: number;
    }
  | { readonly kind: 'close' };

/** What the storage process says. */
export type StorageAnswer =
  | {
      readonly kind: 'opened';
      readonly kept: readonly (readonly [string, KeptNode])[];
      readonly movedTo: string | undefined;
      /** 0 when there is no event. */
      readonly lastEventId: number;
    }
  | { readonly kind: 'written'; readonly batch: number; readonly bytes: number }
  | { readonly kind: 'answer'; readonly id: number; readonly value: EventsPage | NodeHistory | undefined }
  | { readonly kind: 'closed' }
  | {
      readonly kind: 'failed';
      readonly request: StorageRequest['kind'];
      readonly id: number | undefined;
      readonly message: string;
      /** Whether trying again brings nothing. */
      readonly isFinal: boolean;
      /** Whether no database is open any more: a corrupt one was moved aside. */
      readonly isClosed: boolean;
    };
