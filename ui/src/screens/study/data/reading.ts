// A chosen spreadsheet, read again with each choice. The last table stays in sight meanwhile, and when a choice fails.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { commands, type DataChoices, type DataPreview, type Failure } from "../../../ipc/bindings.ts";
import { failureOf, unwrap } from "../../../ipc/client.ts";

/** Everything as guessed. */
const GUESSED: DataChoices = { sheet: null, encoding: null, delimiter: null, header_row: null };

export interface Reading {
  choices: DataChoices;
  choose: (more: Partial<DataChoices>) => void;
  /** The last that could be read; with a failure it is not what `choices` say. */
  preview: DataPreview | undefined;
  reading: boolean;
  failure: Failure | null;
}

export function useReading(data: string): Reading {
  const [choices, setChoices] = useState(GUESSED);
  const { data: read, error } = useQuery({
    queryKey: ["data-preview", data, choices],
    queryFn: () => unwrap(commands.dataPreview(data, choices)),
    gcTime: 0,
  });
  const [last, setLast] = useState(read);
  if (read && read !== last) setLast(read);
  return {
    choices,
    choose: (more) => setChoices({ ...choices, ...more }),
    preview: read ?? last,
    reading: !read && !error,
    failure: error ? failureOf(error) : null,
  };
}
