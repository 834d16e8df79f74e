// What every part of the study page shares: the study as it is being written, what the app says of it, and one way to
// change it.
import { useQueryClient } from "@tanstack/react-query";
import { createContext, useContext, useEffect, useReducer, useState, useSyncExternalStore } from "react";
import { announce } from "../../components/announce.tsx";
import { useText } from "../../i18n/text.tsx";
import type { Failure, Study, StudyProblem, StudyView } from "../../ipc/bindings.ts";
import { keys } from "../../ipc/client.ts";
import { begin, type Did, history } from "./history.ts";
import { asLeft, Saver } from "./saver.ts";

/** Changes the study; `merge` makes one step of many strokes in the same field. */
type Change = (did: Did, next: Study | ((study: Study) => Study), merge?: string) => void;

export interface Editor {
  id: string;
  study: Study;
  view: StudyView;
  /** It was sent: nothing changes it any more. */
  frozen: boolean;
  change: Change;
  undo: Did | undefined;
  redo: Did | undefined;
  onUndo: () => void;
  onRedo: () => void;
  /** What the app says belongs to what is on the page. */
  fresh: boolean;
  failure: Failure | null;
  /** Saves at once what is not saved yet; says whether everything is kept. */
  flush: () => Promise<boolean>;
}

const EditorContext = createContext<Editor | null>(null);
export const EditorProvider = EditorContext.Provider;

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error("no study around");
  return editor;
}

/** Problems at a place of the study or below it. */
export function problemsAt(problems: StudyProblem[], path: string): StudyProblem[] {
  return problems.filter((problem) => problem.path === path || problem.path.startsWith(`${path}/`));
}

/** Ctrl+Z is the study's wherever the focus is, except in dialogs and while a cell is being typed. */
function useUndoKeys(onUndo: () => void, onRedo: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || !(event.ctrlKey || event.metaKey)) return;
      const key = event.key.toLowerCase();
      if (key !== "z" && key !== "y") return;
      const at = event.target instanceof Element ? event.target : null;
      if (at?.closest('[role="dialog"], [role="alertdialog"]')) return;
      if (at?.matches("textarea:not([data-resting])")) return;
      event.preventDefault();
      if (key === "y" || event.shiftKey) onRedo();
      else onUndo();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [onUndo, onRedo]);
}

/** Leaving the page, hiding the window or closing it saves at once. */
function useSaveOnLeaving(saver: Saver): void {
  useEffect(() => {
    const onHide = () => {
      if (document.visibilityState === "hidden") void saver.flush();
    };
    const onLeave = () => void saver.flush();
    document.addEventListener("visibilitychange", onHide);
    window.addEventListener("pagehide", onLeave);
    return () => {
      document.removeEventListener("visibilitychange", onHide);
      window.removeEventListener("pagehide", onLeave);
      void saver.flush();
    };
  }, [saver]);
}

export function useEditing(view: StudyView): Editor {
  const client = useQueryClient();
  const { t } = useText();
  const { id, frozen } = view;
  const [saver] = useState(
    () =>
      new Saver(id, view.study, (saved) => {
        client.setQueryData(keys.study(id), saved);
        void client.invalidateQueries({ queryKey: keys.studyRequests(id) });
        void client.invalidateQueries({ queryKey: ["studies"] });
      }),
  );
  const [now, dispatch] = useReducer(history, view, ({ study: kept }) =>
    begin(frozen ? kept : asLeft(id, kept)),
  );
  const { saved, failure } = useSyncExternalStore(saver.subscribe, saver.now);
  const { study } = now;
  // Only what is written here is saved, never what the app answers.
  useEffect(() => saver.put(study), [saver, study]);
  useSaveOnLeaving(saver);
  const change: Change = (did, next, merge) => {
    if (frozen) return;
    const after = typeof next === "function" ? next(study) : next;
    dispatch({ act: "change", study: after, did, merge, at: Date.now() });
  };
  const undo = now.past.at(-1)?.did;
  const redo = now.future[0]?.did;
  const onUndo = () => {
    if (undo) announce(t("study-undone", { what: t(undo) }));
    dispatch({ act: "undo" });
  };
  const onRedo = () => {
    if (redo) announce(t("study-redone", { what: t(redo) }));
    dispatch({ act: "redo" });
  };
  useUndoKeys(onUndo, onRedo);
  return {
    id,
    study,
    view,
    frozen,
    change,
    undo,
    redo,
    onUndo,
    onRedo,
    fresh: saved,
    failure,
    flush: () => saver.flush(),
  };
}
