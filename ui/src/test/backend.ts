// The app behind the page, made up: answers every command from sample data and can emit the app's events.
import type {
  AdoptableView,
  ConnectionForm,
  ConnectionView,
  DraftView,
  ExportOrder,
  Failure,
  Fix,
  JobView,
  Look,
  ModelView,
  ResultsOf,
  RowDetail,
  Settings,
  Stale,
  Status,
  Study,
  StudyStart,
  StudyView,
  TestView,
  ViewFilter,
} from "../ipc/bindings.ts";
import * as samples from "./samples.ts";
import { entry, requestPreview, type StudyEntry, studyView } from "./study-mock.ts";
import { emotions, emptyStudy, scenes } from "./study-samples.ts";

const STATUSES: Status[] = ["succeeded", "failed", "expired", "cancelled", "missing", "pending"];

export interface World {
  settings: Settings;
  connections: ConnectionView[];
  drafts: DraftView[];
  jobs: JobView[];
  studies: StudyEntry[];
  /** What the test of typed values finds. */
  test: TestView;
  /** Models that a connection offers. */
  models: Record<string, ModelView[]>;
  /** Batches at the service of a connection. */
  batches: Record<string, AdoptableView[]>;
  keychain: Failure | null;
  /** The dialogs of the system are dismissed. */
  dismissing: boolean;
  /** Commands that fail, by name. */
  failing: Record<string, Failure>;
}

export function world(more: Partial<World> = {}): World {
  return structuredClone({
    settings: samples.settings,
    connections: samples.connections,
    drafts: [samples.draft("draft-1")],
    jobs: samples.jobs,
    studies: [entry("study-1", emotions())],
    models: {
      openai: samples.models(null, "gpt-5.4-mini", "gpt-5.4", "gpt-5.4-nano", "o5-mini"),
      practice: samples.models(true, "practice-small", "practice-large"),
    },
    test: { at: samples.NOW, models: 41, failure: null, remarks: [] },
    batches: { openai: samples.batches },
    keychain: null,
    dismissing: false,
    failing: {},
    ...more,
  });
}

type Answers = Record<string, (args: never) => unknown>;

export class Backend {
  readonly world: World;
  /** Every command that came, in order. */
  readonly calls: { command: string; args: Record<string, unknown> }[] = [];
  private listeners = new Map<number, { event: string; callback: (event: unknown) => void }>();
  private callbacks = new Map<number, (event: unknown) => void>();
  private views = new Map<number, number[]>();
  private next = 1;

  constructor(start: World = world()) {
    this.world = start;
  }

  /** Takes the place of Tauri in this page. */
  install(): this {
    Object.assign(window, {
      __TAURI_INTERNALS__: {
        invoke: (command: string, args: Record<string, unknown> = {}) => this.invoke(command, args),
        transformCallback: (callback: (event: unknown) => void) => {
          const id = this.next++;
          this.callbacks.set(id, callback);
          return id;
        },
        unregisterCallback: (id: number) => this.callbacks.delete(id),
      },
      __TAURI_EVENT_PLUGIN_INTERNALS__: {
        unregisterListener: (_event: string, id: number) => this.listeners.delete(id),
      },
    });
    return this;
  }

  emit(event: string, payload: unknown): void {
    for (const listener of [...this.listeners.values()]) {
      if (listener.event === event) listener.callback({ event, id: 0, payload });
    }
  }

  changed(stale: Stale): void {
    this.emit("changed", stale);
  }

  called(command: string): Record<string, unknown>[] {
    return this.calls.filter((call) => call.command === command).map((call) => call.args);
  }

  private async invoke(command: string, args: Record<string, unknown>): Promise<unknown> {
    if (command === "plugin:event|listen") {
      const id = this.next++;
      const callback = this.callbacks.get(args.handler as number);
      if (callback) this.listeners.set(id, { event: args.event as string, callback });
      return id;
    }
    if (command === "plugin:event|unlisten") return null;
    this.calls.push({ command, args });
    const failing = this.world.failing[command];
    if (failing) throw failing;
    const answer = (this.answers as Answers)[command];
    if (!answer) throw new Error(`no such command: ${command}`);
    return structuredClone(answer(args as never)) ?? null;
  }

  private found<T extends { id: string }>(all: T[], id: string, what: string): T {
    const one = all.find((other) => other.id === id);
    if (!one) throw samples.failure(`${what}-not-found`, { id });
    return one;
  }

  private change(id: string, change: (draft: DraftView) => void): DraftView {
    const draft = this.found(this.world.drafts, id, "draft");
    change(draft);
    this.changed({ what: "draft", id });
    return draft;
  }

  private fix(id: string, fix: Fix, fixed: boolean): DraftView {
    return this.change(id, (draft) => {
      draft.fixes = fixed ? [...draft.fixes, fix] : draft.fixes.filter((one) => one.kind !== fix.kind);
      if (draft.check.state !== "done") return;
      const report = structuredClone(draft.check.report);
      for (const group of report.groups) if (group.fix?.kind === fix.kind) group.fixed = fixed;
      const open = report.groups.filter((group) => !group.fixed && group.severity === "error");
      report.errors = open.reduce((sum, group) => sum + group.count, 0);
      report.ok = report.errors === 0;
      draft.check = { state: "done", report };
    });
  }

  private view(id: string): StudyView {
    const connected = this.world.connections
      .filter((one) => one.key_ends !== null)
      .map((one) => one.provider);
    return studyView(this.found(this.world.studies, id, "study"), connected);
  }

  private addStudy(study: Study, copy_of: [string, string] | null = null): string {
    const id = `study-${this.world.studies.length + 1}-new`;
    this.world.studies = [entry(id, structuredClone(study), { copy_of }), ...this.world.studies];
    this.changed({ what: "studies" });
    return id;
  }

  private changeStudy(id: string, change: Partial<StudyEntry>): StudyView {
    const found = this.found(this.world.studies, id, "study");
    if (found.jobs.length > 0) throw samples.failure("study-frozen", { id });
    Object.assign(found, { saved_at: Date.now() }, change);
    this.changed({ what: "study", id });
    return this.view(id);
  }

  private setting(change: Partial<Settings>): Settings {
    Object.assign(this.world.settings, change);
    this.changed({ what: "settings" });
    return this.world.settings;
  }

  private openView({ of, filter }: { of: ResultsOf; filter: ViewFilter }) {
    const { counts } = this.found(this.world.jobs, of.id, "job");
    const rows = Array.from({ length: counts.requests }, (_, place) => samples.row(place));
    const needle = filter.search?.toLowerCase();
    const matching = rows.filter(
      (row) =>
        !needle || row.custom_id.toLowerCase().includes(needle) || row.answer?.toLowerCase().includes(needle),
    );
    const kept = matching.filter(
      (row) =>
        (filter.status.length === 0 || filter.status.includes(row.status)) &&
        (!filter.looks.includes("cut-off") || row.finish_reason === "length"),
    );
    const view = this.next++;
    this.views.set(
      view,
      kept.map((row) => row.position),
    );
    const by_status = STATUSES.map((status) => ({
      status,
      count: matching.filter((row) => row.status === status).length,
    }));
    const looks: Look[] = ["cut-off", "declined", "missing-cells", "edited-cells"];
    const by_look = looks.map((look) => ({
      look,
      count: look === "cut-off" ? matching.filter((row) => row.finish_reason === "length").length : 0,
    }));
    return { view, rows: kept.length, by_status, by_look, study: null };
  }

  private detail(position: number): RowDetail {
    const row = samples.row(position);
    return {
      row,
      source_line: position + 1,
      cached_tokens: null,
      reasoning_tokens: null,
      messages: [
        { role: "system", text: "あなたは大学1年生です。感じたことを自分の言葉で話します。" },
        { role: "user", text: "次の文章を読んで、感じたことを評価してください。\n1. 面白さ：0〜100の整数" },
      ],
      request: '{"custom_id":"tb7k-000001","method":"POST","url":"/v1/chat/completions","body":{}}',
      answer: row.answer,
      raw: '{"id":"batch_req_1","custom_id":"tb7k-000001","response":{"status_code":200}}',
    };
  }

  private answers = {
    settings: () => this.world.settings,
    set_language: ({ language }: { language: string }) => this.setting({ language }),
    set_theme: ({ theme }: { theme: string }) => this.setting({ theme }),
    set_greeted: () => this.setting({ greeted: true }),
    services: () => samples.services,
    connections: () => this.world.connections,
    save_connection: ({ form }: { form: ConnectionForm }) => {
      const old = this.world.connections.find((one) => one.id === form.id);
      const saved: ConnectionView = {
        id: form.id ?? form.provider,
        provider: form.provider,
        name: form.name,
        base_url: form.base_url,
        settings: form.settings ?? {},
        key_ends: form.key?.slice(-4) ?? (form.forget_key ? null : (old?.key_ends ?? null)),
        key_is_temporary: form.until_close,
        key_failure: null,
        last_test: null,
      };
      this.world.connections = [...this.world.connections.filter((one) => one.id !== saved.id), saved];
      this.changed({ what: "connections" });
      return saved;
    },
    test_connection: ({ id }: { id: string }) => this.found(this.world.connections, id, "connection"),
    test_form: () => this.world.test,
    forget_connection: ({ id }: { id: string }) => {
      this.world.connections = this.world.connections.filter((one) => one.id !== id);
      this.changed({ what: "connections" });
    },
    keychain: () => this.world.keychain,
    close_window: () => null,
    given_files: () => ({ drafts: [], studies: [], failure: null }),
    choose_files: () => this.world.drafts.slice(0, 1).map((draft) => draft.id),
    open_sample: () => this.world.drafts[0]?.id,
    drafts: () => this.world.drafts,
    draft: ({ id }: { id: string }) => this.found(this.world.drafts, id, "draft"),
    choose_connection: ({ id, connection }: { id: string; connection: string }) =>
      this.change(id, (draft) => Object.assign(draft, { connection })),
    choose_model: ({ id, model }: { id: string; model: string | null }) =>
      this.change(id, (draft) => {
        draft.model = model;
        if (model === null || draft.check.state !== "done") return;
        const groups = draft.check.report.groups.filter((group) => group.code !== "model-missing");
        const report = {
          ...draft.check.report,
          groups,
          errors: 0,
          ok: true,
          requests: draft.check.report.lines,
        };
        draft.check = { state: "done", report };
      }),
    choose_writing: ({
      id,
      maxTokens,
      cachePrompt,
    }: {
      id: string;
      maxTokens: number | null;
      cachePrompt: boolean;
    }) =>
      this.change(id, (draft) => Object.assign(draft, { max_tokens: maxTokens, cache_prompt: cachePrompt })),
    choose_window: ({ id, window }: { id: string; window: string }) =>
      this.change(id, (draft) => Object.assign(draft, { window })),
    apply_fix: ({ id, fix }: { id: string; fix: Fix }) => this.fix(id, fix, true),
    undo_fix: ({ id, fix }: { id: string; fix: Fix }) => this.fix(id, fix, false),
    apply_safe_fixes: ({ id }: { id: string }) => {
      for (const group of samples.problems) {
        if (group.fix && group.fix.kind !== "leave-out") this.fix(id, group.fix, true);
      }
      return this.found(this.world.drafts, id, "draft");
    },
    check_again: ({ id }: { id: string }) =>
      this.change(id, (draft) => Object.assign(draft, { check: { state: "done", report: samples.report } })),
    stop_check: ({ id }: { id: string }) => {
      this.change(id, (draft) => Object.assign(draft, { check: { state: "stopped" } }));
    },
    discard_draft: ({ id }: { id: string }) => {
      this.world.drafts = this.world.drafts.filter((draft) => draft.id !== id);
      this.changed({ what: "drafts" });
    },
    draft_line: ({ line }: { line: number }) =>
      `{"custom_id":"w3-${line}","method":"POST","url":"/v1/responses"}`,
    send_draft: () => [this.world.jobs[0]?.id],
    jobs: ({ search }: { search: string | null }) =>
      this.world.jobs.filter(
        (job) => search === null || job.name.toLowerCase().includes(search.toLowerCase()),
      ),
    job: ({ id }: { id: string }) => this.found(this.world.jobs, id, "job"),
    timeline: () => samples.timeline,
    cancel_job: ({ id }: { id: string }) => {
      const job = this.found(this.world.jobs, id, "job");
      Object.assign(job, { state: "cancelling", cancel_asked: true });
      this.changed({ what: "job", id });
      return job;
    },
    delete_job: ({ id }: { id: string }) => {
      this.world.jobs = this.world.jobs.filter((job) => job.id !== id);
      this.changed({ what: "jobs" });
    },
    resume_job: ({ id }: { id: string }) => this.found(this.world.jobs, id, "job"),
    decide: ({ id }: { id: string }) => this.found(this.world.jobs, id, "job"),
    open_view: (args: { of: ResultsOf; filter: ViewFilter }) => this.openView(args),
    view_rows: ({ view, start, len }: { view: number; start: number; len: number }) =>
      (this.views.get(view) ?? []).slice(start, start + len).map(samples.row),
    row_detail: ({ position }: { position: number }) => this.detail(position),
    close_view: ({ view }: { view: number }) => this.views.delete(view) && null,
    export_rows: ({ order }: { order: ExportOrder }) => ({
      id: 1,
      file_name: `results.${order.format}`,
      rows: 1200,
      bytes: 410_000,
      long_texts: order.format === "xlsx" ? 2 : 0,
    }),
    stop_export: () => null,
    show_in_folder: () => null,
    import_results: () => this.world.jobs[0]?.id ?? null,
    studies: ({ search }: { search: string | null }) =>
      this.world.studies
        .filter(({ study }) => search === null || study.title.toLowerCase().includes(search.toLowerCase()))
        .map(({ id }) => this.view(id))
        .map(({ id, study, saved_at, count, problems, jobs }) => ({
          id,
          title: study.title,
          saved_at,
          requests: count.requests * count.models,
          models: study.models.map((one) => one.model),
          errors: problems.filter((problem) => problem.severity === "error").length,
          jobs,
        })),
    new_study: ({ start }: { start: StudyStart }) => {
      const { language } = this.world.settings;
      return this.addStudy(start === "sample" ? emotions(language) : emptyStudy(language));
    },
    choose_study_file: () => this.addStudy(emotions(this.world.settings.language)),
    study: ({ id }: { id: string }) => this.view(id),
    save_study: ({ id, study }: { id: string; study: Study }) =>
      this.changeStudy(id, { study: structuredClone(study) }),
    duplicate_study: ({ id }: { id: string }) => {
      const { study } = this.found(this.world.studies, id, "study");
      return this.addStudy(study, [id, study.title]);
    },
    delete_study: ({ id }: { id: string }) => {
      this.world.studies = this.world.studies.filter((one) => one.id !== id);
      this.changed({ what: "studies" });
    },
    study_request: ({ id, model, position }: { id: string; model: number; position: number }) =>
      requestPreview(this.found(this.world.studies, id, "study").study, model, position),
    choose_data: () => "data-1",
    data_preview: () => scenes,
    use_data: ({ id, factor, name }: { id: string; factor: number | null; name: string }) => {
      const { study } = this.found(this.world.studies, id, "study");
      const { columns, rows: levels } = scenes;
      const factors =
        factor === null
          ? [...study.factors, { name, label: "", columns, levels }]
          : study.factors.map((one, at) => (at === factor ? { ...one, columns, levels } : one));
      return this.changeStudy(id, { study: { ...study, factors } });
    },
    save_study_file: ({ id }: { id: string }) =>
      `${this.found(this.world.studies, id, "study").study.title}.tabane`,
    save_request_file: ({ id, model }: { id: string; model: number }) => ({
      id: 2,
      file_name: `requests-${this.view(id).targets[model]?.model}.jsonl`,
      rows: this.view(id).count.requests,
      bytes: 190_000,
      long_texts: 0,
    }),
    send_study: ({ id }: { id: string }) => {
      const jobs = this.view(id).targets.map((_, at) => this.world.jobs[at]?.id ?? `job-${at}`);
      this.found(this.world.studies, id, "study").jobs = jobs;
      this.changed({ what: "study", id });
      return jobs;
    },
    models: ({ connection }: { connection: string }) => this.world.models[connection] ?? [],
    adoptable: ({ connection }: { connection: string }) => this.world.batches[connection] ?? [],
    adopt: ({ withRequests }: { withRequests: boolean }) =>
      withRequests && this.world.dismissing ? null : (this.world.jobs[0]?.id ?? null),
    clean_up: ({ id }: { id: string }) => {
      const job = this.found(this.world.jobs, id, "job");
      Object.assign(job, { leftovers: 0 });
      this.changed({ what: "job", id });
      return job;
    },
  };
}
