// A study as it is designed: step by step, or everything on one page; beside it the request as it will be sent.
import { useEffect, useRef, useState } from "react";
import { type Acting, useAct } from "../../components/act.ts";
import { Button, buttonClass } from "../../components/button.tsx";
import { FailureNote, Note } from "../../components/note.tsx";
import { Page } from "../../components/page.tsx";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import { commands, type StudyProblem, type StudyView } from "../../ipc/bindings.ts";
import { failureOf, unwrap } from "../../ipc/client.ts";
import { useStudy } from "../../ipc/queries.ts";
import { go, href, type Step } from "../../route.ts";
import { AnswersPart } from "./answers.tsx";
import { useBringing } from "./bring.tsx";
import { ConfirmStudyDialog } from "./confirm.tsx";
import { DesignPart } from "./design.tsx";
import { type Editor, EditorProvider, useEditing, useEditor } from "./editor.ts";
import { Factors } from "./factors.tsx";
import { useFiles } from "./files.tsx";
import { StudyFoot } from "./foot.tsx";
import { studyRoute } from "./form.ts";
import { Saved, StudyActions, StudyTitle } from "./header.tsx";
import { ModelsPart } from "./models.tsx";
import { ParametersPart } from "./parameters.tsx";
import { Preview, PreviewDialog, useLooking, WrittenOut } from "./preview.tsx";
import { focusPath, ProblemList } from "./problems.tsx";
import { PromptPart } from "./prompt.tsx";
import { SendPart } from "./send.tsx";
import { StepBar } from "./steps.tsx";
import styles from "./study.module.css";

/** Goes to the field of a problem: on its step first, then into the field. */
function useShowProblem(step: Step | null) {
  const { id } = useEditor();
  const wanted = useRef<string | null>(null);
  // After each drawing: the step that was asked for may be there now.
  useEffect(() => {
    const path = wanted.current;
    wanted.current = null;
    if (path !== null) requestAnimationFrame(() => focusPath(path));
  });
  return (problem: StudyProblem) => {
    if (step === null || step === problem.step) {
      focusPath(problem.path);
      return;
    }
    wanted.current = problem.path;
    go({ page: "study", id, step: problem.step });
  };
}

function Frozen({ onDuplicate }: { onDuplicate: () => void }) {
  const { t } = useText();
  const { view } = useEditor();
  const [job] = view.jobs;
  return (
    <Note
      tone="info"
      data-testid="study-frozen"
      actions={
        <>
          <a
            className={buttonClass("primary")}
            href={href({ page: "study-results", id: view.id, status: null })}
            data-testid="study-results"
          >
            {t("job-open-results")}
          </a>
          <Button onClick={onDuplicate} data-testid="copy-study">
            {t("study-copy")}
          </Button>
          {job !== undefined && (
            <a href={href(view.jobs.length === 1 ? { page: "job", id: job } : { page: "jobs" })}>
              {t("study-jobs", { count: view.jobs.length })}
            </a>
          )}
        </>
      }
    >
      <strong>{t("study-frozen")}</strong>
      <p>
        <Phrases>{t("study-frozen-about")}</Phrases>
      </p>
    </Note>
  );
}

/** What is said above the parts: that it was sent, that it was copied, that it could not be saved. */
function Above({ act, onDuplicate }: { act: Acting; onDuplicate: () => void }) {
  const { t } = useText();
  const { view, frozen, failure, flush } = useEditor();
  return (
    <>
      {frozen && <Frozen onDuplicate={onDuplicate} />}
      {view.copy_of && (
        <p className="xs quiet">
          <a href={href({ page: "study", id: view.copy_of[0], step: null })}>
            {t("study-copy-of", { title: view.copy_of[1] === "" ? t("study-untitled") : view.copy_of[1] })}
          </a>
        </p>
      )}
      {failure && (
        <FailureNote
          failure={failure}
          alert
          actions={
            <Button onClick={() => void flush()} data-testid="save-again">
              {t("study-save-again")}
            </Button>
          }
        />
      )}
      {act.failure && <FailureNote failure={act.failure} alert />}
    </>
  );
}

interface PartsProps {
  step: Step | null;
  files: ReturnType<typeof useFiles>;
  onShow: (problem: StudyProblem) => void;
  onBring: (factor: number | null) => void;
}

function Parts({ step, files, onShow, onBring }: PartsProps) {
  const { t } = useText();
  const { view, frozen } = useEditor();
  switch (step) {
    case "data":
      return <Factors whole={false} onBring={onBring} />;
    case "design":
      return <DesignPart whole={false} />;
    case "prompt":
      return (
        <>
          <PromptPart whole={false} />
          <ParametersPart whole={false} />
        </>
      );
    case "answers":
      return <AnswersPart whole={false} />;
    case "models":
      return <ModelsPart whole={false} />;
    case "send":
      return <SendPart files={files} onShow={onShow} />;
    case null:
      return (
        <>
          {files.said}
          {view.problems.length > 0 && !frozen && (
            <section aria-labelledby="whole-problems" className={styles.part}>
              <h2 id="whole-problems" className={styles.problemsHead}>
                {t("check-problems")}
              </h2>
              <ProblemList onShow={onShow} />
            </section>
          )}
          <Factors whole onBring={onBring} />
          <div className={styles.two}>
            <div>
              <PromptPart whole />
              <ParametersPart whole />
            </div>
            <div>
              <DesignPart whole />
              <ModelsPart whole />
            </div>
          </div>
          <AnswersPart whole />
        </>
      );
  }
}

/** Beside each step what it changes; the data need the whole width. */
function asideOf(step: Step | null): "request" | "sheet" | null {
  if (step === "data") return null;
  return step === "answers" ? "sheet" : "request";
}

function Designer({ editor, step }: { editor: Editor; step: Step | null }) {
  const { t } = useText();
  const act = useAct();
  const [looking, onLook] = useLooking();
  const [open, setOpen] = useState<"preview" | "confirm" | null>(null);
  const files = useFiles(editor);
  const { bring, dialog } = useBringing(editor, act);
  const { id, study, view, flush } = editor;
  const duplicate = () =>
    void act.run(async () => {
      if (await flush()) go(studyRoute(await unwrap(commands.duplicateStudy(id))));
    });
  const ask = () =>
    void act.run(async () => {
      // What is asked about is what is kept, counted and checked.
      if (await flush()) setOpen("confirm");
    });
  const aside = asideOf(step);
  const show = useShowProblem(step);
  return (
    <Page
      title={study.title === "" ? t("study-untitled") : study.title}
      heading={<StudyTitle />}
      lesser
      bare
      aside={<Saved />}
      actions={
        <StudyActions
          step={step}
          files={files}
          beside={aside === "request"}
          onPreview={() => setOpen("preview")}
          onDuplicate={duplicate}
        />
      }
      footer={<StudyFoot step={step} onSend={ask} />}
    >
      {step !== null && <StepBar step={step} />}
      <div className={aside ? styles.work : styles.wide}>
        <div className={styles.design} key={step} data-region tabIndex={-1}>
          <Above act={act} onDuplicate={duplicate} />
          <Parts step={step} files={files} onShow={show} onBring={bring} />
        </div>
        {aside === "request" && <Preview looking={looking} onLook={onLook} />}
        {aside === "sheet" && <WrittenOut />}
      </div>
      {dialog}
      {open === "preview" && (
        <PreviewDialog looking={looking} onLook={onLook} onClose={() => setOpen(null)} />
      )}
      {open === "confirm" && <ConfirmStudyDialog view={view} onClose={() => setOpen(null)} />}
    </Page>
  );
}

function Editing({ view, step }: { view: StudyView; step: Step | null }) {
  const editor = useEditing(view);
  return (
    <EditorProvider value={editor}>
      <Designer editor={editor} step={editor.frozen ? null : step} />
    </EditorProvider>
  );
}

export function StudyPage({ id, step }: { id: string; step: Step | null }) {
  const { t } = useText();
  const { data: view, error } = useStudy(id);
  if (view) return <Editing view={view} step={step} />;
  return (
    <Page title={t("nav-studies")}>
      {error && (
        <FailureNote
          failure={failureOf(error)}
          alert
          actions={<Button onClick={() => go({ page: "studies" })}>{t("study-to-list")}</Button>}
        />
      )}
    </Page>
  );
}
