// Japanese breaks between phrases. Only our own sentences go through here; data wrap as they are.
import { jaModel, Parser } from "budoux";
import { Fragment } from "react";
import { useText } from "./text.tsx";

const parser = new Parser(jaModel);
const known = new Map<string, string[]>();

function phrasesOf(text: string): string[] {
  let phrases = known.get(text);
  if (phrases === undefined) {
    phrases = parser.parse(text);
    if (known.size > 2000) known.clear();
    known.set(text, phrases);
  }
  return phrases;
}

/**
 * A sentence that wraps between phrases in Japanese. The breaks are `<wbr>` elements, not U+200B characters, so that
 * what is read aloud, copied or searched holds the words only.
 */
export function Phrases({ children }: { children: string }) {
  const { language } = useText();
  if (language !== "ja") return children;
  return (
    <span className="phrases">
      {phrasesOf(children).map((phrase, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: phrases of one sentence never move
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {phrase}
        </Fragment>
      ))}
    </span>
  );
}
