// The services that can be connected, in the order in which they are offered: the usual ones, more, one's own.
import { type Text, useText } from "../../i18n/text.tsx";
import type { ServiceView } from "../../ipc/bindings.ts";

const USUAL = ["openai", "anthropic", "gemini", "vertex", "openrouter", "groq"];

/** So many are taken in at a glance; more can be searched. */
const FEW = 8;

export interface ServiceGroups {
  usual: ServiceView[];
  more: ServiceView[];
  /** Of an address of one's own: never filtered away, since it is the way out when nothing is found. */
  own: ServiceView[];
  /** The search found nothing. */
  none: boolean;
}

export function isOwn(service: ServiceView): boolean {
  return service.provider === "custom";
}

/** It takes a service account, or the login of this computer, in place of a key. */
export function isGoogleCloud({ provider }: { provider: string }): boolean {
  return provider === "vertex";
}

export function isLong(services: ServiceView[]): boolean {
  return services.length > FEW;
}

/** As they are offered: the usual ones first. */
export function inOrder(services: ServiceView[]): ServiceView[] {
  const usual = USUAL.flatMap((provider) => services.filter((service) => service.provider === provider));
  return [...usual, ...services.filter((service) => !usual.includes(service))];
}

/** What a connection to a service is called as long as it has no name of its own. */
export function serviceWords({ t }: Text, service: ServiceView): string {
  return isOwn(service) ? t("provider-custom") : service.name;
}

/** A remark such as "may no longer be offered". */
export function serviceNote({ t, find }: Text, service: ServiceView): string {
  if (isOwn(service)) return t("connections-offer-custom-about");
  return (service.note && find(service.note)) ?? "";
}

export function useServiceGroups(services: ServiceView[], search: string): ServiceGroups {
  const text = useText();
  const needle = search.trim().toLowerCase();
  const fits = (service: ServiceView) =>
    [service.provider, service.name, serviceNote(text, service)].some((words) =>
      words.toLowerCase().includes(needle),
    );
  const named = services.filter((service) => !isOwn(service));
  const found = inOrder(named.filter(fits));
  return {
    usual: found.filter((service) => USUAL.includes(service.provider)),
    more: found.filter((service) => !USUAL.includes(service.provider)),
    own: services.filter(isOwn),
    none: found.length === 0 && named.length > 0,
  };
}
