// The insert buttons write into the template in which the cursor was last.
import type { EditorView } from "@codemirror/view";
import { createContext, useContext, useRef } from "react";

export interface Inserting {
  focused: (view: EditorView) => void;
  insert: (name: string) => void;
}

const InsertingContext = createContext<Inserting | null>(null);
export const InsertingProvider = InsertingContext.Provider;

export function useInserting(): Inserting | null {
  return useContext(InsertingContext);
}

export function useInsertTarget(): Inserting {
  const last = useRef<EditorView | null>(null);
  return {
    focused: (view) => {
      last.current = view;
    },
    insert: (name) => {
      const view = last.current;
      if (!view?.dom.isConnected) return;
      view.dispatch(view.state.replaceSelection(`{{${name}}}`), { userEvent: "input", scrollIntoView: true });
      view.focus();
    },
  };
}
