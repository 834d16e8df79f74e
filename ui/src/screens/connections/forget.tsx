// Forgetting a connection deletes its key: it asks once, with the focus on the button that keeps it.
import { useAct } from "../../components/act.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { FailureNote } from "../../components/note.tsx";
import { Phrases } from "../../i18n/phrases.tsx";
import { useText } from "../../i18n/text.tsx";
import { type ConnectionView, commands } from "../../ipc/bindings.ts";
import { unwrap } from "../../ipc/client.ts";

export function ForgetDialog({ connection, onClose }: { connection: ConnectionView; onClose: () => void }) {
  const { t } = useText();
  const act = useAct();
  const { name } = connection;
  return (
    <Dialog
      title={t("forget-title", { name })}
      question
      onClose={onClose}
      held={act.busy}
      actions={
        <>
          <Button autoFocus onClick={onClose}>
            {t("forget-keep")}
          </Button>
          <Button
            look="danger-fill"
            blocked={act.busy}
            data-testid="confirm-forget"
            onClick={() =>
              void act.run(async () => {
                await unwrap(commands.forgetConnection(connection.id));
                onClose();
              })
            }
          >
            {t("forget-confirm", { name })}
          </Button>
        </>
      }
    >
      <p className="read">
        <Phrases>{t("forget-about")}</Phrases>
      </p>
      {act.failure && <FailureNote failure={act.failure} alert />}
    </Dialog>
  );
}
