// What a service needs beside its address and key, such as a project and a region: a field each.
import { Pick, TextInput } from "../../components/field.tsx";
import { useText } from "../../i18n/text.tsx";
import type { ServiceView, SettingView } from "../../ipc/bindings.ts";

/** By the names that the service asks for. */
export type Values = Record<string, string>;

/** Google's usual ones; any other can be typed. */
const REGIONS = [
  "us-central1",
  "us-east1",
  "us-east4",
  "us-east5",
  "us-south1",
  "us-west1",
  "us-west4",
  "northamerica-northeast1",
  "southamerica-east1",
  "europe-west1",
  "europe-west2",
  "europe-west3",
  "europe-west4",
  "europe-west6",
  "europe-west8",
  "europe-west9",
  "europe-north1",
  "europe-southwest1",
  "asia-northeast1",
  "asia-northeast3",
  "asia-east1",
  "asia-east2",
  "asia-south1",
  "asia-southeast1",
  "australia-southeast1",
];

const PLACES = ["bucket", "dataset"] as const;

/** Of two places, in which the requests and the answers are laid down. */
function isPlace({ name }: SettingView): boolean {
  return name === "input" || name === "output";
}

function isShown(setting: SettingView, values: Values): boolean {
  return !isPlace(setting) || PLACES.every((place) => values[place]?.trim());
}

/** What is typed for this service; what is blank or not asked for is not set. */
export function settingsOf(service: ServiceView | undefined, values: Values): Values {
  const set = (service?.settings ?? [])
    .filter((setting) => isShown(setting, values))
    .map(({ name }) => [name, values[name]?.trim() ?? ""] as const);
  return Object.fromEntries(set.filter(([, value]) => value !== ""));
}

interface Props {
  service: ServiceView;
  values: Values;
  /** What stands elsewhere, such as the project of a service account. */
  known?: Values;
  onChange: (values: Values) => void;
}

export function SettingFields({ service, values, known = {}, onChange }: Props) {
  const { t, find } = useText();
  return service.settings
    .filter((setting) => isShown(setting, values))
    .map((setting) => {
      const { name } = setting;
      const label = find(`connect-setting-${name}`) ?? name;
      const change = (value: string) => onChange({ ...values, [name]: value });
      if (isPlace(setting)) {
        return (
          <Pick
            key={name}
            label={label}
            value={values[name] || setting.default}
            options={PLACES.map((place) => ({
              value: place,
              label: t(`connect-place-${place}`),
              testid: `setting-${name}-${place}`,
            }))}
            onChange={change}
          />
        );
      }
      // What has a default may stay empty.
      const needed = setting.required && setting.default === null;
      return (
        <TextInput
          key={name}
          label={needed ? t("connect-required", { label }) : label}
          value={values[name] ?? ""}
          onChange={change}
          required={needed}
          placeholder={setting.default ?? known[name] ?? ""}
          help={find(`connect-setting-${name}-about`)}
          suggestions={name === "region" ? REGIONS : undefined}
          data-testid={`setting-${name}`}
        />
      );
    });
}
