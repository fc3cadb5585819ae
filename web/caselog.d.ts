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
  attributes?: Record<string, unknown>;
}

/** Something that Flex told. */
export interface FlexEvent {
  /** The name of the action or event in Flex, or 'found' for a task that was there at the start. */
  kind: string;
  /** When, in milliseconds since 1970. */
  at: number;
  task: TaskSnapshot;
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
  /** Hands over all events that have come since the last call. */
  take(): FlexEvent[];
  /** Has wake called, now or later, whenever there are events to take. */
  onEvents(wake: () => void): void;
  log(level: 'debug' | 'info' | 'warn' | 'error', text: string): void;
}
