// The window is to be closed: what is being typed is taken over and saved first.
import { useEffect } from "react";
import { go } from "../route.ts";
import { saveAll } from "../screens/study/saver.ts";
import { commands, events } from "./bindings.ts";

async function leave(): Promise<void> {
  // A cell or a name in the middle of being typed counts as typed.
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  await new Promise((done) => setTimeout(done));
  const left = await saveAll();
  // Its page says why it could not be saved. A second press closes the window in any case.
  if (left === null) await commands.closeWindow();
  else go({ page: "study", id: left, step: null });
}

export function useClosing(): void {
  useEffect(() => {
    const closing = events.closing.listen(() => void leave());
    return () => void closing.then((stop) => stop());
  }, []);
}
