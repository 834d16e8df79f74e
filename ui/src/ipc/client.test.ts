// @vitest-environment jsdom
import { QueryObserver } from "@tanstack/react-query";
import { expect, it, vi } from "vitest";
import { Backend } from "../test/backend.ts";
import { listenForChanges, makeQueryClient } from "./client.ts";

it("asks again when an event overtakes the first answer", async () => {
  const backend = new Backend().install();
  const client = makeQueryClient();
  const stop = listenForChanges(client);
  // Listening is a call of its own.
  await new Promise((done) => setTimeout(done));
  const answers: ((answer: string) => void)[] = [];
  const queryFn = () => new Promise<string>((answer) => answers.push(answer));
  const observer = new QueryObserver(client, { queryKey: ["draft", "draft-1"], queryFn });
  const unsubscribe = observer.subscribe(() => {});
  backend.emit("changed", { what: "draft", id: "draft-1" });
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[0]?.("old");
  answers[1]?.("new");
  await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe("new"));
  unsubscribe();
  stop();
});
