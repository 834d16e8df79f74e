// The footer of a study: what it makes, at what price, and the next press.
import { ChevronLeft, ChevronRight } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import { Foot } from "../../components/page.tsx";
import { Phrases } from "../../i18n/phrases.tsx";
import { type Text, useText } from "../../i18n/text.tsx";
import { go, STEPS, type Step } from "../../route.ts";
import { Formula, FormulaParts, priceWords, totalRequests } from "./count.tsx";
import { type Editor, useEditor } from "./editor.ts";
import styles from "./study.module.css";

/**
 * Why it can't be sent; `undefined`: it can. That a save is under way is no reason: it takes a moment, and the question
 * waits for it.
 */
function hindrance({ t }: Text, { view, failure }: Editor): string | undefined {
  const errors = view.problems.filter((problem) => problem.severity === "error").length;
  const unconnected = view.targets.find((target) => !target.connected);
  if (failure) return t("foot-unsaved");
  if (errors > 0) return t("foot-problems", { count: errors });
  if (unconnected) return t("check-foot-no-key", { service: unconnected.provider_name });
  return totalRequests(view) === 0 ? t("foot-nothing") : undefined;
}

function SendButton({ onSend }: { onSend: () => void }) {
  const text = useText();
  const editor = useEditor();
  const count = totalRequests(editor.view);
  return (
    <Button
      look="primary"
      blocked={hindrance(text, editor) !== undefined}
      aria-describedby="study-standing"
      data-primary
      data-testid="send-study"
      onClick={onSend}
    >
      {count > 0 ? text.t("send-count", { count }) : text.t("send-nowhere")}
    </Button>
  );
}

function StepButtons({ step, onSend }: { step: Step; onSend: () => void }) {
  const { t } = useText();
  const { id } = useEditor();
  const at = STEPS.indexOf(step);
  const before = STEPS[at - 1];
  const after = STEPS[at + 1] as Exclude<Step, "data"> | undefined;
  return (
    <>
      {before && (
        <Button onClick={() => go({ page: "study", id, step: before })} data-testid="step-before">
          <Icon of={ChevronLeft} />
          {t(`step-${before}`)}
        </Button>
      )}
      {after ? (
        <Button
          look="primary"
          data-primary
          data-testid="step-next"
          onClick={() => go({ page: "study", id, step: after })}
        >
          {t(`next-${after}`)}
          <Icon of={ChevronRight} />
        </Button>
      ) : (
        <SendButton onSend={onSend} />
      )}
    </>
  );
}

export function StudyFoot({ step, onSend }: { step: Step | null; onSend: () => void }) {
  const text = useText();
  const editor = useEditor();
  const { view, frozen } = editor;
  const asks = !frozen && (step === null || step === "send");
  const why = asks ? hindrance(text, editor) : undefined;
  return (
    <Foot
      lead={
        <div className={styles.footLines}>
          <div>
            <Formula />
            <div className="xs quiet">
              <FormulaParts />
            </div>
          </div>
          <div id="study-standing" className={styles.standing}>
            <div>{priceWords(text, view)}</div>
            <div className={why ? "xs warn" : "xs quiet"}>
              <Phrases>{why ?? text.t(frozen ? "foot-frozen" : "check-foot-nothing-sent")}</Phrases>
            </div>
          </div>
        </div>
      }
    >
      {step !== null && !frozen ? (
        <StepButtons step={step} onSend={onSend} />
      ) : (
        !frozen && <SendButton onSend={onSend} />
      )}
    </Foot>
  );
}
