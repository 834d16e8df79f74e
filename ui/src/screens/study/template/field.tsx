// A template: text with columns in it. The editor is a file of its own, fetched when the first template is shown.
import { lazy, Suspense } from "react";
import { useText } from "../../../i18n/text.tsx";
import { useEditor } from "../editor.ts";
import styles from "./template.module.css";

const TemplateEditor = lazy(() => import("./editor.tsx"));

export interface TemplateProps {
  label: string;
  value: string;
  /** Names that a template can use. */
  known: string[];
  /** Said of a name that is not known. */
  unknown: string;
  single?: boolean;
  hint?: string;
  readOnly?: boolean;
  /** The insert buttons write here. */
  insertHere?: boolean;
  onChange?: (value: string) => void;
  testid?: string;
  path?: string;
}

type FieldProps = Omit<TemplateProps, "known" | "unknown" | "readOnly">;

export function TemplateField(props: FieldProps) {
  const { t } = useText();
  const { columns, frozen } = useTemplateNames();
  return (
    <Suspense fallback={<div className={styles.editor}>{props.value}</div>}>
      <TemplateEditor {...props} known={columns} unknown={t("template-unknown")} readOnly={frozen} />
    </Suspense>
  );
}

/** Names as the study on the page has them, without waiting for the app: a new column is known at once. */
export function useTemplateNames(): { columns: string[]; frozen: boolean } {
  const { study, frozen } = useEditor();
  const columns = study.factors.flatMap((factor) =>
    factor.columns.map((column) => `${factor.name}.${column}`),
  );
  return { columns: [...columns, "trial", "answer_sheet"], frozen };
}
