// A job that waits for the user: why, and the next act. An unclear create has three, none of them chosen for the user.
import { useState } from "react";
import { useAct } from "../../components/act.ts";
import { Button, buttonClass } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { jobService } from "../../components/jobstate.tsx";
import { Details, FailureNote, Note } from "../../components/note.tsx";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import { commands, type JobView, type PartView } from "../../ipc/bindings.ts";
import { unwrap } from "../../ipc/client.ts";
import { href } from "../../route.ts";
import styles from "./job.module.css";

function Unclear({ job, unclear }: { job: JobView; unclear: PartView }) {
  const text = useText();
  const { t } = text;
  const act = useAct();
  const [asking, setAsking] = useState<"send" | "drop" | null>(null);
  const provider = jobService(text, job);
  const part = unclear.number;
  const why = text.failure(
    unclear.failure ?? job.waiting ?? { code: "create-unclear", args: {}, detail: null },
  );
  const decide = (decision: "look" | "send" | "drop") =>
    act.run(async () => {
      await unwrap(commands.decide(job.id, part, decision));
      setAsking(null);
    });
  const choice = (decision: "look" | "send" | "drop", about: string) => (
    <li key={decision}>
      <Button
        blocked={act.busy}
        data-testid={`decide-${decision}`}
        onClick={() => (decision === "look" ? void decide(decision) : setAsking(decision))}
      >
        {t(`job-unclear-${decision}`)}
      </Button>
      <span>
        <Phrases>{about}</Phrases>
      </span>
    </li>
  );
  return (
    <div className={styles.waiting}>
      <Note tone="warn" data-testid="unclear">
        <strong>{t("job-unclear-title", { part })}</strong>
        <p>
          <Phrases>{why.what}</Phrases>
        </p>
        {why.means && (
          <p>
            <Phrases>{why.means}</Phrases>
          </p>
        )}
        <Details>{why.detail}</Details>
        <ul className={styles.choices}>
          {choice("look", t("job-unclear-look-about", { provider }))}
          {choice("send", t("job-unclear-send-about"))}
          {choice("drop", t("job-unclear-drop-about"))}
        </ul>
      </Note>
      {act.failure && <FailureNote failure={act.failure} alert />}
      {asking && (
        <Dialog
          title={t(`job-unclear-${asking}-title`, { part })}
          question
          onClose={() => setAsking(null)}
          held={act.busy}
          actions={
            <>
              <Button autoFocus onClick={() => setAsking(null)}>
                {t("job-unclear-neither")}
              </Button>
              <Button
                look={asking === "send" ? "primary" : "danger-fill"}
                blocked={act.busy}
                data-testid={`confirm-${asking}`}
                onClick={() => void decide(asking)}
              >
                {t(`job-unclear-${asking}-confirm`, { part })}
              </Button>
            </>
          }
        >
          <p className="read">
            <Phrases>{t(`job-unclear-${asking}-about`)}</Phrases>
          </p>
        </Dialog>
      )}
    </div>
  );
}

/** Failures that are put right on the Connections page. */
function isAboutKeys(code: string): boolean {
  return ["key", "base-url", "connection", "setting"].some((start) => code.startsWith(start));
}

export function WaitingNote({ job }: { job: JobView }) {
  const { t } = useText();
  const act = useAct();
  const unclear = job.parts.filter((part) => part.state === "unclear");
  if (unclear.length > 0)
    return unclear.map((part) => <Unclear key={part.number} job={job} unclear={part} />);
  if (job.waiting === null) return null;
  return (
    <div className={styles.waiting} data-testid="waiting">
      <FailureNote
        failure={job.waiting}
        tone="warn"
        actions={
          <>
            {isAboutKeys(job.waiting.code) && (
              <a className={buttonClass()} href={href({ page: "connections" })}>
                {t("job-to-connections")}
              </a>
            )}
            <Button
              blocked={act.busy}
              data-testid="resume-job"
              onClick={() => void act.run(() => unwrap(commands.resumeJob(job.id)))}
            >
              {t("job-resume")}
            </Button>
          </>
        }
      />
      {act.failure && <FailureNote failure={act.failure} alert />}
    </div>
  );
}
