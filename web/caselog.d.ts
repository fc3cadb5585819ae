// The two borders: between the page and the program's thread (link.js), and between
// that and the Go program (internal/flexbridge, internal/opencti, internal/outbox).

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
  /** Who ended the conversation, where Flex tells. */
  endedBy?: 'agent' | 'customer';
  queueSid?: string;
  workflowName?: string;
  workflowSid?: string;
  priority?: number;
  age?: number;
  reason?: string;
  taskChannel?: string;
  attributes?: Record<string, unknown>;
}

/** Something that happened. */
export interface FlexEvent {
  /**
   * The name of the action or event in Flex; 'found' for a task that was there at
   * the start, 'listed' once Flex has loaded all of them, 'selectedNone' when the
   * agent has turned to none, 'telephone' when it changes whether a call can be made,
   * 'leave' when another tab takes over; 'retry', 'logLevel' and 'asked' when somebody
   * says so in the console.
   */
  kind: string;
  /** When, in milliseconds since 1970. */
  at: number;
  task?: TaskSnapshot;
  /**
   * Of 'listed': the reservations that Flex has, with commas between them; of
   * 'telephone' the obstacle, of 'logLevel' the level.
   */
  text?: string;
  /** Counts events, from 1; put in by the queue. */
  number: number;
}

/** A reservation as it outlives the page; see internal/outbox for the rest of it. */
export interface StoredRecord {
  sid: string;
}

/** Open CTI's page, as the agent sees it: see opencti.js. */
export interface PageView {
  /** Whether the page is inside another. */
  framed: boolean;
  /** Its address, empty where it has none. */
  href: string;
  /** Whether there is a copy of the library. */
  there: boolean;
  /** The methods that the copy has, of those that were asked for. */
  methods: string[];
  /** Whose copy it is, if a program has left that in it; else empty. */
  host: string;
  /** Of inject and start, where something was done: the address when the script had run, or the copy was started. */
  seen?: string;
  /** Of inject and withdraw: whether a copy is there that was not there before. */
  came?: boolean;
  /** Of start: what the copy threw, as a text, or empty. */
  threw?: string;
}

/**
 * What the program can have done in Open CTI's page. Only plain data passes, either way.
 * From is the address that the program knows, to the one that the library needs, empty
 * where they are the same; afterwards the address is what it was. Where it is another by
 * then, nothing is done, and the view, which lacks seen, says which.
 */
export interface OpenCTI {
  look(names: string[]): PageView;
  inject(names: string[], src: string, from: string, to: string): Promise<PageView> | PageView;
  /** Gives up the load under way, and tells what came of the last one; null before any. */
  withdraw(): PageView | null;
  start(names: string[], from: string, to: string): PageView;
  mark(host: string): void;
  /** Is rejected with what the method throws, and never settled where it never answers. */
  call(method: string, args: object): Promise<{ answer: unknown } | { missing: true }>;
  /** Whether the page says, within so many milliseconds, that it shows the record with this id. */
  shows(record: string, patience: number): Promise<boolean>;
  /** As call, but only where the page shows that record; elsewhere: it does not, or nobody can tell. */
  callOn(record: string, patience: number, method: string, args: object): Promise<{ answer: unknown } | { missing: true } | { elsewhere: true }>;
  listen(): Promise<{ missing?: true }>;
}

/** What the page may ask of the thread: plain data, each way. */
export interface Thread {
  /** Runs the program, until it ends for good. */
  start(order: { database: string; alone: boolean; origin: string; settings: Record<string, unknown>[]; managerEvents: boolean }): void;
  /** Events for the life of a program, as one text: see wire.js. */
  events(life: number, text: string): void;
  /** The program is to end, which an event tells it, too: another page goes on. */
  leave(): void;
  /** What Salesforce says of a number that was clicked. */
  clicked(payload: unknown): void;
  /** What programs hold: bytes of memory, values of JavaScript's. */
  usage(): { memory: number; references: number };
}

/** What the thread may ask of the page, besides what Host has of the same names. */
export interface Page {
  /** A program listens from now on, in this life of its: it is sent all that was not kept, but for the idle kinds. */
  listens(life: number, paths: string[], idle: string[]): void;
  /** No program listens. */
  rests(): void;
  /** How the store stands: whether what is in it outlives the page, and how many reservations wait. */
  stands(store: { durable: boolean; waiting: number }): void;
  /** The program was asked to leave and can't: what only this thread knows would be lost. */
  stays(): void;
  /** The program has ended for good; left: because it was asked to. */
  ended(left: boolean): void;
  /** The program can't be started. */
  failed(name: string, message: string): void;
  /** Answers when it is this page's turn to claim a screen pop, where several pages write. */
  inFront(): Promise<void> | undefined;
}

/** What the program finds as the global `caselog`. */
export interface Host {
  /** The origin of the Salesforce page around Flex, already checked. */
  origin: string;
  /** The settings as they stand, each layer to be laid over the one before, key by key. */
  settings: Record<string, unknown>[];
  /** Whether this Flex tells what happened to reservations, or only what was clicked. */
  managerEvents: boolean;
  /** Hands over events that this program has not had, as one text: see wire.js. */
  take(): string;
  /** Forgets the events up to this number: they can't get lost any more. */
  kept(number: number): void;
  /**
   * Has wake called, now or later, whenever there are events to take. Paths are what
   * is wanted of each event's task, such as attributes.from; idle are the kinds of events
   * that the program does nothing about.
   */
  onEvents(wake: (() => void) | null, paths?: string[], idle?: string[]): void;
  /**
   * Calls a method that answers later, with the values in args, a JSON list, and then
   * done(number, problem, answer); problem is empty where all went well.
   */
  ask(number: number, object: object, method: string, args: string, done: (number: number, problem: string, answer: unknown) => void): void;
  /** What an earlier page has left. */
  load(): Promise<{ records: StoredRecord[]; settled: string[] }>;
  /** Keeps records, and of settled reservations the SID: all or nothing. */
  save(keep: StoredRecord[], settled: string[]): Promise<void>;
  /** Whether this is the first claim of a reservation's screen pop. */
  claim(sid: string): Promise<boolean>;
  unclaim(sid: string): Promise<void>;
  /**
   * Has the page's agent do something: see OpenCTI. Until is when the program will wait no
   * more, in milliseconds since 1970, or 0: then a page that was busy must not do it.
   */
  openCTI(until: number, method: keyof OpenCTI, ...args: unknown[]): Promise<unknown>;
  /** Says who hears, from now on, what Salesforce says of each number that is clicked. */
  onClicked(heard: (payload: unknown) => void): void;
  /** Has Flex call a number. */
  dial(number: string, attributes: Record<string, string>): void;
  /** Adds a line to what the report says of a reservation; without customer data. */
  note(sid: string, line: string): void;
  /** Says how something stands, for the report. */
  state(name: string, text: string): void;
  /** Shows the agent a sentence without customer data. */
  tell(sentence: string): void;
  /** The same, but each sentence once in the life of the page. */
  tellOnce(sentence: string): void;
  log(level: 'debug' | 'info' | 'warn' | 'error', text: string): void;
}
