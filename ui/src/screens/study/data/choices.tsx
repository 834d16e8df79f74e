// How the file is read: each guess can be changed.
import { Checkbox } from "../../../components/field.tsx";
import { Labelled, Select } from "../../../components/inputs.tsx";
import { useText } from "../../../i18n/text.tsx";
import type { DataPreview } from "../../../ipc/bindings.ts";
import styles from "./data.module.css";
import type { Reading } from "./reading.ts";

const ENCODINGS = ["utf-8", "shift_jis", "euc-jp", "utf-16le", "utf-16be", "windows-1252"] as const;
const DELIMITERS = { ",": "comma", "\t": "tab", ";": "semicolon", "": "none" } as const;
type Delimiter = keyof typeof DELIMITERS;

/** What is chosen stands in the list even if it is none of ours. */
function withChosen<T extends { value: string; label: string }>(options: T[], chosen: string) {
  if (options.some((option) => option.value === chosen)) return options;
  return [...options, { value: chosen, label: chosen }];
}

function Sheets({ preview, choose }: { preview: DataPreview; choose: Reading["choose"] }) {
  const { t } = useText();
  return (
    <Labelled label={t("data-sheet")}>
      <Select
        label={t("data-sheet")}
        value={preview.sheet ?? ""}
        options={preview.sheets.map(({ name, hidden }) => ({
          value: name,
          label: hidden ? t("data-sheet-hidden", { name }) : name,
        }))}
        // Where the names stand is guessed anew for another sheet.
        onChange={(sheet) => choose({ sheet, header_row: null })}
        data-testid="data-sheet"
      />
    </Labelled>
  );
}

function TextChoices({ preview, choose }: { preview: DataPreview; choose: Reading["choose"] }) {
  const { t } = useText();
  const encoding = preview.encoding ?? "utf-8";
  const delimiter = preview.delimiter ?? "";
  // One column is a guess, not something to be asked for.
  const between = (Object.keys(DELIMITERS) as Delimiter[]).filter((one) => one !== "" || delimiter === "");
  return (
    <>
      <Labelled label={t("data-encoding")}>
        <Select
          label={t("data-encoding")}
          value={encoding}
          options={withChosen(
            ENCODINGS.map((value) => ({ value, label: t(`data-encoding-${value}`) })),
            encoding,
          )}
          onChange={(value) => choose({ encoding: value })}
          data-testid="data-encoding"
        />
      </Labelled>
      <Labelled label={t("data-delimiter")}>
        <Select
          label={t("data-delimiter")}
          value={delimiter}
          options={withChosen(
            between.map((value) => ({ value, label: t(`data-delimiter-${DELIMITERS[value]}`) })),
            delimiter,
          )}
          onChange={(value) => choose({ delimiter: value })}
          data-testid="data-delimiter"
        />
      </Labelled>
    </>
  );
}

export function ReadingChoices({ preview, choose }: { preview: DataPreview; choose: Reading["choose"] }) {
  const { t } = useText();
  return (
    <div className={styles.choices}>
      {preview.sheets.length > 0 && <Sheets preview={preview} choose={choose} />}
      {preview.format === "text" && <TextChoices preview={preview} choose={choose} />}
      <Checkbox
        checked={preview.header_row}
        onChange={(header_row) => choose({ header_row })}
        data-testid="data-header"
      >
        {t("data-header")}
      </Checkbox>
    </div>
  );
}
