// Writes the study down by itself: soon after the last keystroke, one save at a time, the newest last.
import { commands, type Failure, type Study, type StudyView } from "../../ipc/bindings.ts";
import { failureOf, unwrap } from "../../ipc/client.ts";

/** Milliseconds after the last change. */
const PAUSE = 400;

/** What is not saved yet, or could not be, by study: whoever comes back to the study finds it, and it is tried again. */
const unsaved = new Map<string, { study: Study; saver: Saver }>();

/** Saves of one study under way: a page left and opened again waits for the save of the one before. */
const turns = new Map<string, Promise<void>>();

/** The study as it was left: what is not saved yet goes before what is kept. */
export function asLeft(id: string, kept: Study): Study {
  return unsaved.get(id)?.study ?? kept;
}

/** Saves everything that is not saved yet; gives the id of a study that could not be, else `null`. */
export async function saveAll(): Promise<string | null> {
  const saves = [...unsaved].map(async ([id, { saver }]) => ((await saver.flush()) ? null : id));
  return (await Promise.all(saves)).find((id) => id !== null) ?? null;
}

export interface SaverState {
  /** What is on the page is what is kept. */
  saved: boolean;
  failure: Failure | null;
}

export class Saver {
  private latest: Study;
  private waiting: Study | null = null;
  private running: Promise<void> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failure: Failure | null = null;
  private state: SaverState = { saved: true, failure: null };
  private readonly listeners = new Set<() => void>();
  private readonly id: string;
  private readonly onSaved: (view: StudyView) => void;

  constructor(id: string, kept: Study, onSaved: (view: StudyView) => void) {
    this.id = id;
    this.latest = kept;
    this.onSaved = onSaved;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly now = (): SaverState => this.state;

  put(study: Study): void {
    if (study === this.latest) return;
    this.latest = study;
    this.waiting = study;
    unsaved.set(this.id, { study, saver: this });
    this.tell();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), PAUSE);
  }

  /** Saves what is not saved yet, at once. Says whether everything is kept; if not, `failure` says why. */
  async flush(): Promise<boolean> {
    clearTimeout(this.timer);
    do {
      this.running ??= this.inTurn();
      await this.running;
    } while (this.waiting !== null && this.failure === null);
    return this.waiting === null;
  }

  /** Begins at once when nothing is under way: there is no later when the window closes. */
  private inTurn(): Promise<void> {
    const before = turns.get(this.id);
    const turn = (before ? before.then(() => this.save()) : this.save()).finally(() => {
      this.running = null;
      if (turns.get(this.id) === turn) turns.delete(this.id);
      this.tell();
    });
    turns.set(this.id, turn);
    return turn;
  }

  private async save(): Promise<void> {
    while (this.waiting !== null) {
      const study: Study = this.waiting;
      this.waiting = null;
      try {
        const view = await unwrap(commands.saveStudy(this.id, study));
        this.failure = null;
        if (unsaved.get(this.id)?.study === study) unsaved.delete(this.id);
        if (this.waiting === null) this.onSaved(view);
      } catch (thrown) {
        // Kept for the next try, unless something newer has come meanwhile.
        this.waiting ??= study;
        this.failure = failureOf(thrown);
        return;
      }
    }
  }

  private tell(): void {
    const saved = this.waiting === null && this.running === null;
    if (saved === this.state.saved && this.failure === this.state.failure) return;
    this.state = { saved, failure: this.failure };
    for (const listener of this.listeners) listener();
  }
}
