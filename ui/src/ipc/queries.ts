// What the pages ask for. Each hook is one command; events make the answers stale (client.ts).
import { useQuery } from "@tanstack/react-query";
import { commands } from "./bindings.ts";
import { keys, unwrap } from "./client.ts";

export const useSettings = () =>
  useQuery({ queryKey: keys.settings, queryFn: () => unwrap(commands.settings()) });
export const useServices = () =>
  useQuery({ queryKey: keys.services, queryFn: () => unwrap(commands.services()) });
export const useConnections = () =>
  useQuery({ queryKey: keys.connections, queryFn: () => unwrap(commands.connections()) });
export const useKeychain = () =>
  useQuery({ queryKey: keys.keychain, queryFn: () => unwrap(commands.keychain()) });
export const useDrafts = () => useQuery({ queryKey: keys.drafts, queryFn: () => unwrap(commands.drafts()) });
export const useDraft = (id: string) =>
  useQuery({ queryKey: keys.draft(id), queryFn: () => unwrap(commands.draft(id)) });
export const useJobs = (search: string) =>
  useQuery({
    queryKey: keys.jobs(search),
    queryFn: () => unwrap(commands.jobs(search === "" ? null : search)),
    placeholderData: (previous) => previous,
  });
export const useJob = (id: string) =>
  useQuery({ queryKey: keys.job(id), queryFn: () => unwrap(commands.job(id)) });
export const useTimeline = (id: string) =>
  useQuery({ queryKey: keys.timeline(id), queryFn: () => unwrap(commands.timeline(id)) });
export const useRow = (job: string, position: number) =>
  useQuery({
    queryKey: keys.row(job, position),
    queryFn: () => unwrap(commands.rowDetail(job, position)),
    placeholderData: (previous) => previous,
    gcTime: 60_000,
  });
export const useDraftLine = (id: string, line: number) =>
  useQuery({
    queryKey: keys.draftLine(id, line),
    queryFn: () => unwrap(commands.draftLine(id, line)),
    gcTime: 0,
  });
export const useStudies = (search: string) =>
  useQuery({
    queryKey: keys.studies(search),
    queryFn: () => unwrap(commands.studies(search === "" ? null : search)),
    placeholderData: (previous) => previous,
  });
export const useStudy = (id: string) =>
  useQuery({ queryKey: keys.study(id), queryFn: () => unwrap(commands.study(id)) });
/** Only where there is one: `enabled` says so. */
export const useStudyRequest = (id: string, model: number, position: number, enabled: boolean) =>
  useQuery({
    queryKey: keys.studyRequest(id, model, position),
    queryFn: () => unwrap(commands.studyRequest(id, model, position)),
    enabled,
    placeholderData: (previous) => previous,
    gcTime: 60_000,
  });
export const useModels = (connection: string | null) =>
  useQuery({
    queryKey: keys.models(connection ?? ""),
    queryFn: () => unwrap(commands.models(connection ?? "")),
    enabled: connection !== null,
  });
/** Asked anew whenever it is shown: what is at a service changes without our knowing. */
export const useAdoptable = (connection: string | null) =>
  useQuery({
    queryKey: keys.adoptable(connection ?? ""),
    queryFn: () => unwrap(commands.adoptable(connection ?? "")),
    enabled: connection !== null,
    gcTime: 0,
  });
