// The one question before a study is sent.
import { useState } from "react";
import { Checkbox } from "../../components/field.tsx";
import { serviceName } from "../../components/jobstate.tsx";
import { Question } from "../../components/question.tsx";
import table from "../../components/table.module.css";
import { Phrases } from "../../i18n/phrases.tsx";
import { type Text, useText } from "../../i18n/text.tsx";
import { commands, type StudyView } from "../../ipc/bindings.ts";
import { unwrap } from "../../ipc/client.ts";
import { go } from "../../route.ts";
import { useDestinations } from "../check/destinations.ts";
import { isPractice, totalRequests } from "./count.tsx";

function title(text: Text, view: StudyView): string {
  const { t } = text;
  const count = totalRequests(view);
  const providers = [...new Set(view.targets.map((target) => target.provider))];
  const [first] = view.targets;
  if (providers.length === 1 && first) {
    return t("confirm-title", { count, service: serviceName(text, first.provider, first.provider_name) });
  }
  return t("send-study-title", { count, providers: providers.length });
}

function Targets({ view }: { view: StudyView }) {
  const text = useText();
  const { t, format } = text;
  return (
    <table className={table.table} data-testid="confirm-models">
      <thead>
        <tr>
          <th scope="col">{t("list-sent-to")}</th>
          <th scope="col">{t("check-model", { count: 1 })}</th>
          <th scope="col" className="num">
            {t("list-requests")}
          </th>
          <th scope="col" className="num">
            {t("confirm-price")}
          </th>
        </tr>
      </thead>
      <tbody>
        {view.targets.map((target) => (
          <tr key={`${target.provider} ${target.model}`}>
            <td>{serviceName(text, target.provider, target.provider_name)}</td>
            <td>{target.model}</td>
            <td className="num">{format.count(view.count.requests)}</td>
            <td className="num">{target.practice ? t("check-price-practice") : t("price-row-unknown")}</td>
          </tr>
        ))}
        <tr>
          <td colSpan={2}>
            <b>{t("send-study-together")}</b>
          </td>
          <td className="num">
            <b>{format.count(totalRequests(view))}</b>
          </td>
          <td className="num">
            <b>{isPractice(view) ? t("check-price-practice") : t("check-price-unknown")}</b>
          </td>
        </tr>
      </tbody>
    </table>
  );
}

export function ConfirmStudyDialog({ view, onClose }: { view: StudyView; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const count = totalRequests(view);
  const caching = useDestinations().filter((one) => one.caches);
  // A model of a study names a connection, or else a service.
  const cached = view.targets.some(({ provider }) =>
    caching.some((one) => one.id === provider || one.provider === provider),
  );
  const [cachePrompt, setCachePrompt] = useState(false);
  const send = async () => {
    const jobs = await unwrap(commands.sendStudy(view.id, cached && cachePrompt));
    const [job] = jobs;
    go(jobs.length === 1 && job !== undefined ? { page: "job", id: job } : { page: "jobs" });
  };
  return (
    <Question
      title={title(text, view)}
      keep={t("confirm-not-yet")}
      confirm={t("send-count", { count })}
      confirming={t("confirm-sending")}
      look="primary"
      onConfirm={send}
      onClose={onClose}
      data-testid="confirm-send"
    >
      <Targets view={view} />
      {cached && (
        <Checkbox
          checked={cachePrompt}
          onChange={setCachePrompt}
          help={t("check-cache-about")}
          data-testid="cache-prompt"
        >
          {t("check-cache")}
        </Checkbox>
      )}
      <p className="quiet">
        <Phrases>{isPractice(view) ? t("send-study-practice") : t("send-study-charged")}</Phrases>
      </p>
      <p className="quiet">
        <Phrases>{t("send-study-frozen")}</Phrases>
      </p>
    </Question>
  );
}
