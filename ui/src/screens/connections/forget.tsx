// Forgetting a connection deletes its key: it asks once.
import { Question } from "../../components/question.tsx";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import { type ConnectionView, commands } from "../../ipc/bindings.ts";
import { unwrap } from "../../ipc/client.ts";

export function ForgetDialog({ connection, onClose }: { connection: ConnectionView; onClose: () => void }) {
  const { t } = useText();
  const { name } = connection;
  return (
    <Question
      title={t("forget-title", { name })}
      keep={t("forget-keep")}
      confirm={t("forget-confirm", { name })}
      onConfirm={async () => {
        await unwrap(commands.forgetConnection(connection.id));
        onClose();
      }}
      onClose={onClose}
      data-testid="confirm-forget"
    >
      <p className="read">
        <Phrases>{t("forget-about")}</Phrases>
      </p>
    </Question>
  );
}
