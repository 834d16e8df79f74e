// The page of a study in tests: opening it, what was saved, and writing into its templates.
import { EditorView } from "@codemirror/view";
import { act, fireEvent, screen } from "@testing-library/react";
import type { Study } from "../ipc/bindings.ts";
import type { Step } from "../route.ts";
import { open } from "./render.tsx";

export const openStudy = (step: Step | null, more: Parameters<typeof open>[1] = {}) =>
  open({ page: "study", id: "study-1", step }, more);

/** The study as it was last saved. */
export function saved(backend: ReturnType<typeof open>["backend"]): Study | undefined {
  return backend.called("save_study").at(-1)?.study as Study | undefined;
}

/** The template field with this test id, once its editor is there. */
export async function template(testid: string): Promise<EditorView> {
  const content = await screen.findByTestId(testid);
  const view = EditorView.findFromDOM(content);
  if (!view) throw new Error(`no editor in ${testid}`);
  return view;
}

export function write(view: EditorView, text: string): void {
  act(() => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }));
}

export const ctrl = (key: string, shift = false) =>
  fireEvent.keyDown(document.body, { key, ctrlKey: true, shiftKey: shift });
