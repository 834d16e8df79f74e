// The file of a Google service account, as far as the form says what it has been given. The key in it is not looked at.

export interface ServiceAccount {
  account: string;
  project: string | undefined;
}

/** `null`: it is none. */
export function readAccount(text: string): ServiceAccount | null {
  try {
    const { client_email: account, project_id: project } = JSON.parse(text);
    if (typeof account !== "string") return null;
    return { account, project: typeof project === "string" ? project : undefined };
  } catch {
    return null;
  }
}
