//! Which rows of a job are wanted, and how they are found.

use tabane_model::{Counts, Look, Status};

/// Which rows are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Empty: any.
    pub status: Vec<Status>,
    /// Only rows that are worth one of these looks; empty: any.
    pub looks: Vec<Look>,
    /// Text in the readable id, the answer or the error; letters a to z in either case.
    pub search: Option<String>,
}

/// `:status` is a text such as `,failed,expired,`; both may be null.
pub(crate) const MATCHES: &str = "requests.key BETWEEN :from AND :to
  AND (:status IS NULL OR instr(:status, ',' || coalesce(status, 'pending') || ','))
  AND (:search IS NULL OR custom_id LIKE :search ESCAPE '\\' OR answer LIKE :search ESCAPE '\\'
    OR error_message LIKE :search ESCAPE '\\' OR error_code LIKE :search ESCAPE '\\')";

/// What is true of a row (of `requests LEFT JOIN results`) that is worth this look.
pub(crate) const fn condition(look: Look) -> &'static str {
    match look {
        Look::CutOff => "finish_reason IN ('length', 'max_output_tokens')",
        Look::Declined => "finish_reason IN ('content_filter', 'refusal')",
        Look::MissingCells => {
            "status = 'succeeded' AND EXISTS (SELECT 1 FROM cells WHERE cells.request = requests.key
               AND coalesce(edited, value, '') = '')"
        }
        Look::EditedCells => {
            "EXISTS (SELECT 1 FROM cells WHERE cells.request = requests.key AND edited IS NOT NULL)"
        }
    }
}

/// To follow a `WHERE`; empty: any row.
pub(crate) fn conditions(looks: &[Look]) -> String {
    if looks.is_empty() {
        return String::new();
    }
    let any: Vec<String> = looks
        .iter()
        .map(|look| format!("({})", condition(*look)))
        .collect();
    format!(" AND ({})", any.join(" OR "))
}

impl Filter {
    fn wants(&self, status: Status) -> bool {
        self.status.is_empty() || self.status.contains(&status)
    }

    /// How to find the rows (?1 to ?2, with the statuses ?3) without a look at every result, where there is a way.
    pub(crate) fn by_index(&self, counts: &Counts) -> Option<&'static str> {
        if self.pattern().is_some() || !self.looks.is_empty() {
            return None;
        }
        let others = Some(
            "SELECT key FROM requests WHERE key BETWEEN ?1 AND ?2 AND key NOT IN (
               SELECT key FROM results INDEXED BY results_not_succeeded
               WHERE status <> 'succeeded' AND key BETWEEN ?1 AND ?2 AND NOT instr(?3, ',' || status || ','))
             ORDER BY key",
        );
        match (self.wants(Status::Succeeded), self.wants(Status::Pending)) {
            (false, false) => Some(
                "SELECT key FROM results INDEXED BY results_not_succeeded
                 WHERE status <> 'succeeded' AND key BETWEEN ?1 AND ?2 AND instr(?3, ',' || status || ',')
                 ORDER BY key",
            ),
            (true, true) => others,
            (true, false) if counts.pending == 0 => others,
            (false, true) if counts.succeeded == 0 => others,
            _ => None,
        }
    }

    pub(crate) fn status_words(&self) -> Option<String> {
        let words: Vec<&str> = self.status.iter().map(|status| status.as_str()).collect();
        (!words.is_empty()).then(|| format!(",{},", words.join(",")))
    }

    pub(crate) fn pattern(&self) -> Option<String> {
        self.search.as_deref().filter(|text| !text.is_empty()).map(like)
    }
}

/// Characters of a search that are looked for. SQLite takes patterns of up to 50,000 bytes (its limit
/// `SQLITE_MAX_LIKE_PATTERN_LENGTH`).
const LONGEST_SEARCH: usize = 1_000;

/// The pattern of `LIKE ... ESCAPE '\'` for a text that has this in it.
pub(crate) fn like(text: &str) -> String {
    let mut pattern = String::new();
    pattern.push('%');
    for character in text.chars().take(LONGEST_SEARCH) {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}
