// Where a file can be sent: each connection with what its service offers, and practice, which is always there.
import { serviceName } from "../../components/jobstate.tsx";
import { useText } from "../../i18n/text.tsx";
import type { ConnectionView, ServiceView } from "../../ipc/bindings.ts";
import { useConnections, useServices } from "../../ipc/queries.ts";

export interface Destination {
  id: string;
  provider: string;
  name: string;
  practice: boolean;
  keyEnds: string | null;
  keyMissing: boolean;
  keyTemporary: boolean;
  windows: string[];
  discount: number | null;
  /** It has words of its own for a chat; the others take the lines as they stand. */
  translates: boolean;
  /** What is marked is kept in its cache. */
  caches: boolean;
}

function destination(
  name: string,
  id: string,
  service?: ServiceView,
  connection?: ConnectionView,
): Destination {
  const hasKey = connection !== undefined && (connection.key_ends !== null || connection.key_is_temporary);
  return {
    id,
    provider: service?.provider ?? connection?.provider ?? id,
    name,
    practice: service?.provider === "practice",
    keyEnds: connection?.key_ends ?? null,
    keyMissing: (service?.needs_key ?? false) && !hasKey,
    keyTemporary: connection?.key_is_temporary ?? false,
    windows: service?.windows ?? [],
    discount: service?.discount_percent ?? null,
    translates: service?.translates ?? false,
    caches: service?.caches ?? false,
  };
}

export function useDestinations(): Destination[] {
  const text = useText();
  const connections = useConnections().data ?? [];
  const services = useServices().data ?? [];
  const serviceOf = (provider: string) => services.find((service) => service.provider === provider);
  const all = connections
    .filter((connection) => connection.provider !== "practice")
    .map((connection) =>
      destination(connection.name, connection.id, serviceOf(connection.provider), connection),
    );
  const practice = serviceOf("practice");
  if (practice) all.push(destination(serviceName(text, "practice", practice.name), "practice", practice));
  return all;
}
