// The border between the loader and the Go program (internal/flexbridge).

/** A task at the moment of an event. Flex promises the types; the program checks them. */
export interface TaskSnapshot {
  /** The reservation's SID, WR…: Flex's task.sid. */
  sid: string;
  /** The task's SID, WT…. */
  taskSid: string;
  /** The reservation's status at that moment: pending, accepted, wrapping, … */
  status?: string;
  channel?: string;
  queue?: string;
  /** When the reservation was made, in milliseconds since 1970. */
  offered?: number;
  /** When its status last changed, in milliseconds since 1970. */
  updated?: number;
  attributes?: Record<string, unknown>;
}

/** Something that happened. */
export interface FlexEvent {
  /**
   * The name of the action or event in Flex; 'found' for a task that was there at
   * the start, 'listed' once Flex has loaded all of them, 'retry' when somebody
   * asks for another try.
   */
  kind: string;
  /** When, in milliseconds since 1970. */
  at: number;
  task?: TaskSnapshot;
  /** Of 'listed': the reservations that Flex has. */
  sids?: string[];
  /** Counts events, from 1; put in by the queue. */
  number: number;
}

/** A reservation as it outlives the page; see internal/outbox for the rest of it. */
export interface StoredRecord {
  sid: string;
}

/** What the program finds as the global `caselog`. */
export interface Host {
  window: Window;
  /** The origin of the Salesforce page around Flex, already checked. */
  origin: string;
  /** The settings as they stand, each layer to be laid over the one before, key by key. */
  settings: Record<string, unknown>[];
  /** Whether this Flex tells what happened to reservations, or only what was clicked. */
  managerEvents: boolean;
  /** Hands over all events that this program has not had. */
  take(): FlexEvent[];
  /** Forgets the events up to this number: they can't get lost any more. */
  kept(number: number): void;
  /** Has wake called, now or later, whenever there are events to take. */
  onEvents(wake: (() => void) | null): void;
  /** What an earlier page has left. */
  load(): Promise<{ records: StoredRecord[]; settled: string[] }>;
  /** Keeps records, and of settled reservations the SID: all or nothing. */
  save(keep: StoredRecord[], settled: string[]): Promise<void>;
  /** Whether this is the first claim of a reservation's screen pop. */
  claim(sid: string): Promise<boolean>;
  unclaim(sid: string): Promise<void>;
  /** Shows the agent a sentence without customer data. */
  tell(sentence: string): void;
  log(level: 'debug' | 'info' | 'warn' | 'error', text: string): void;
}
