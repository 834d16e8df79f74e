// The header of a study: its title, whether it is saved, and the steps back and forth.
import { Eye, Redo2, Undo2 } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import { type Act, MoreMenu } from "../../components/menu.tsx";
import { useText } from "../../i18n/text.tsx";
import { go, type Step } from "../../route.ts";
import { useEditor } from "./editor.ts";
import type { Files } from "./files.tsx";
import { rememberForm } from "./form.ts";
import styles from "./study.module.css";

export function StudyTitle() {
  const { t } = useText();
  const { study, frozen, change } = useEditor();
  const { title } = study;
  if (frozen) return title === "" ? t("study-untitled") : title;
  return (
    <span className={styles.title} data-value={title === "" ? t("study-untitled") : title}>
      <input
        aria-label={t("study-title")}
        value={title}
        size={1}
        placeholder={t("study-untitled")}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => change("did-title", { ...study, title: event.target.value }, "title")}
        data-path="title"
        data-testid="study-title"
      />
    </span>
  );
}

export function Saved() {
  const { t, format } = useText();
  const { view, fresh, failure, frozen } = useEditor();
  if (frozen) return null;
  const today = new Date(view.saved_at).toDateString() === new Date().toDateString();
  const time = today ? format.time(view.saved_at) : format.short(view.saved_at);
  return (
    <span className={failure ? "xs bad" : "xs faint"} data-testid="study-saved">
      {failure ? t("study-unsaved") : fresh ? t("study-saved", { time }) : t("study-saving")}
    </span>
  );
}

function Steps() {
  const { t } = useText();
  const { undo, redo, onUndo, onRedo } = useEditor();
  const back = undo ? t("study-undo", { what: t(undo) }) : t("study-undo-none");
  const forth = redo ? t("study-redo", { what: t(redo) }) : t("study-redo-none");
  return (
    <>
      <Button
        icon
        look="quiet"
        aria-label={back}
        title={back}
        blocked={!undo}
        onClick={onUndo}
        data-testid="undo"
      >
        <Icon of={Undo2} />
      </Button>
      <Button
        icon
        look="quiet"
        aria-label={forth}
        title={forth}
        blocked={!redo}
        onClick={onRedo}
        data-testid="redo"
      >
        <Icon of={Redo2} />
      </Button>
    </>
  );
}

interface ActionsProps {
  step: Step | null;
  files: Files;
  /** The request stands beside, where there is room for it. */
  beside: boolean;
  onPreview: () => void;
  onDuplicate: () => void;
}

export function StudyActions({ step, files, beside, onPreview, onDuplicate }: ActionsProps) {
  const { t } = useText();
  const { id, study, frozen } = useEditor();
  const turn = (form: "steps" | "page") => {
    rememberForm(form);
    go({ page: "study", id, step: form === "page" ? null : "data" });
  };
  const acts: Act[] = [
    ...files.acts,
    { id: "duplicate-study", label: t("studies-duplicate"), onAction: onDuplicate },
  ];
  return (
    <>
      {!frozen && <Steps />}
      <span className={beside ? styles.narrowOnly : undefined}>
        <Button onClick={onPreview} data-testid="show-request">
          <Icon of={Eye} />
          {t("preview-show")}
        </Button>
      </span>
      {!frozen &&
        (step === null ? (
          <Button look="quiet" onClick={() => turn("steps")} data-testid="form-steps">
            {t("study-steps")}
          </Button>
        ) : (
          <Button look="quiet" onClick={() => turn("page")} data-testid="form-page">
            {t("study-whole")}
          </Button>
        ))}
      <MoreMenu
        label={t("more-for", { name: study.title === "" ? t("study-untitled") : study.title })}
        acts={acts}
      />
    </>
  );
}
