//! When something is to be done for a part next.

use tabane_model::{Millis, PartState};

use super::select;
use crate::{PartRecord, Result, Store};

impl Store {
    /// Makes the parts of a job due that are not over, whatever is known of them: a step under way may be writing more.
    /// `only_waiting`: those that wait for the user, or try again after a failure.
    pub fn make_due(&self, job: &str, only_waiting: bool, at: Millis) -> Result<()> {
        self.write(|tx| {
            let key = Self::job_key(tx, job)?;
            let over: Vec<String> = PartState::ALL
                .iter()
                .filter(|state| state.is_over())
                .map(|state| format!("'{}'", state.as_str()))
                .collect();
            tx.execute(
                &format!(
                    "UPDATE parts SET due_at = ?2, tries = 0, failure = iif(?3, failure, NULL)
                     WHERE job = ?1 AND state NOT IN ({})
                       AND (NOT ?3 OR due_at IS NULL OR failure IS NOT NULL)",
                    over.join(", ")
                ),
                (key, at, only_waiting),
            )?;
            Ok(())
        })
    }

    /// When something is to be done next, for whichever part.
    pub fn next_due(&self) -> Result<Option<Millis>> {
        self.read(|reader| {
            let due = "SELECT min(due_at) FROM parts WHERE due_at IS NOT NULL";
            Ok(reader.prepare_cached(due)?.query_row([], |row| row.get(0))?)
        })
    }

    /// The parts for which something is to be done by `now`, the longest due first.
    pub fn due_parts(&self, now: Millis) -> Result<Vec<PartRecord>> {
        self.read(|reader| select(reader, "WHERE due_at <= ?1 ORDER BY due_at, parts.key", [now]))
    }

    /// Makes those due that wait for room in a provider's queue (`reason` is its word for that): a batch for the same
    /// provider and model as those of `job` has ended.
    pub fn make_queued_due(&self, job: &str, reason: &str, at: Millis) -> Result<()> {
        self.write(|tx| {
            let key = Self::job_key(tx, job)?;
            tx.prepare_cached(
                "UPDATE parts SET due_at = ?3
                 WHERE state = ?4 AND due_at > ?3 AND failure ->> '$.args.reason' = ?2
                   AND job IN (SELECT other.key FROM jobs JOIN jobs AS other
                     ON other.provider = jobs.provider AND other.model IS jobs.model WHERE jobs.key = ?1)",
            )?
            .execute((key, reason, at, PartState::Uploaded.as_str()))?;
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use tabane_model::{Failure, PartState};

    use crate::testing::{NOW, filled, store};

    #[test]
    fn due_parts_come_in_order() {
        let (_folder, store) = store();
        filled(&store, "a", &[1, 1, 1, 1]);
        for (number, due) in [
            (1, Some(NOW + 20)),
            (2, None),
            (3, Some(NOW + 10)),
            (4, Some(NOW + 30)),
        ] {
            let mut due_part = store.part("a", number).unwrap();
            due_part.due_at = due;
            store.save_part(&due_part, NOW).unwrap();
        }
        assert_eq!(store.next_due().unwrap(), Some(NOW + 10));
        let due: Vec<_> = store
            .due_parts(NOW + 20)
            .unwrap()
            .into_iter()
            .map(|part| part.number)
            .collect();
        assert_eq!(due, [3, 1]);
        store.delete_job("a").unwrap();
        assert_eq!(store.next_due().unwrap(), None);
    }

    #[test]
    fn what_is_made_due_keeps_what_is_known_of_it() {
        let (_folder, store) = store();
        filled(&store, "a", &[1, 1, 1]);
        let state = |number, state, due, failure: Option<&str>| {
            let mut part = store.part("a", number).unwrap();
            part.state = state;
            part.due_at = due;
            part.failure = failure.map(Failure::new);
            part.remote_batch = Some(format!("batch_{number}"));
            store.save_part(&part, NOW).unwrap();
        };
        state(1, PartState::Running, Some(NOW + 900), None);
        state(2, PartState::Running, None, Some("key-refused"));
        state(3, PartState::Collected, None, None);
        let due = || [1, 2, 3].map(|number| store.part("a", number).unwrap().due_at);
        store.make_due("a", true, NOW).unwrap();
        assert_eq!(due(), [Some(NOW + 900), Some(NOW), None]);
        store.make_due("a", false, NOW + 1).unwrap();
        assert_eq!(due(), [Some(NOW + 1), Some(NOW + 1), None]);
        let part = store.part("a", 2).unwrap();
        assert_eq!(
            (part.remote_batch.as_deref(), part.failure),
            (Some("batch_2"), None)
        );
    }

    #[test]
    fn what_waits_for_room_is_due_when_there_is_some() {
        let (_folder, store) = store();
        filled(&store, "a", &[1, 1]);
        filled(&store, "b", &[1]);
        let full = Failure::new("batch-refused").with("reason", "token_limit_exceeded");
        for (job, number, failure) in [("a", 1, Some(full.clone())), ("a", 2, None), ("b", 1, Some(full))] {
            let mut part = store.part(job, number).unwrap();
            part.state = PartState::Uploaded;
            part.due_at = Some(NOW + 900);
            part.failure = failure;
            store.save_part(&part, NOW).unwrap();
        }
        store.make_queued_due("a", "another reason", NOW).unwrap();
        assert_eq!(store.next_due().unwrap(), Some(NOW + 900));
        store.make_queued_due("a", "token_limit_exceeded", NOW).unwrap();
        let due = |job, number| store.part(job, number).unwrap().due_at;
        assert_eq!(due("a", 1), Some(NOW));
        assert_eq!(due("a", 2), Some(NOW + 900), "it waits for something else");
        assert_eq!(due("b", 1), Some(NOW), "of the same provider and model");
    }
}
