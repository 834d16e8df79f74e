//! How many parts requests will be sent in: the sum that the splitter does, without writing anything.

use hashbrown::HashMap;
use memchr::memchr2_iter;
use tabane_model::Rules;

/// Bytes of a line as it is sent, apart from its url and body. Our ids are 17 characters long.
const WIRE_OVERHEAD: u64 =
    (r#"{"custom_id":"12345678901234567","method":"POST","url":,"body":}"#.len() + "\n".len()) as u64;

/// Bytes of the line as it is sent: `{"custom_id":"…","method":"POST","url":…,"body":…}` and its line end.
///
/// U+2028, U+2029 and U+0085 are counted as the escapes (`\u2028`) that they are sent as, because servers cut
/// lines there.
#[must_use]
pub fn wire_line_len(url: &str, body: &str) -> u64 {
    let plain = url
        .bytes()
        .all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\');
    let url = if plain {
        url.len() + 2
    } else {
        serde_json::to_string(url).map_or(url.len() + 2, |text| text.len())
    };
    WIRE_OVERHEAD + (url + body.len() + growth(body.as_bytes())) as u64
}

/// Bytes that escaping the line separators adds.
fn growth(body: &[u8]) -> usize {
    memchr2_iter(0xE2, 0xC2, body)
        .map(|at| match &body[at..] {
            [0xE2, 0x80, 0xA8 | 0xA9, ..] => 3,
            [0xC2, 0x85, ..] => 4,
            _ => 0,
        })
        .sum()
}

/// Greedy and in order, as requests come.
pub(crate) struct Parts {
    max_requests: u64,
    max_bytes: u64,
    one_endpoint: bool,
    /// By model where every model becomes a job of its own; else one, under "".
    by_model: bool,
    open: HashMap<String, Open>,
    pub(crate) count: u32,
}

#[derive(Default)]
struct Open {
    url: String,
    requests: u64,
    bytes: u64,
}

impl Parts {
    pub(crate) fn new(rules: &Rules, by_model: bool) -> Self {
        Self {
            max_requests: rules.max_requests,
            max_bytes: rules.max_bytes,
            one_endpoint: rules.one_endpoint,
            by_model,
            open: HashMap::new(),
            count: 0,
        }
    }

    pub(crate) fn push(&mut self, url: &str, model: Option<&str>, bytes: u64) {
        let job = model.filter(|_| self.by_model).unwrap_or_default();
        let part = self.open.entry_ref(job).or_default();
        let full = part.requests == 0
            || part.requests >= self.max_requests
            || part.bytes + bytes > self.max_bytes
            || (self.one_endpoint && part.url != url);
        if full {
            *part = Open {
                url: url.to_owned(),
                ..Open::default()
            };
            self.count = self.count.saturating_add(1);
        }
        part.requests += 1;
        part.bytes += bytes;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(max_requests: u64, max_bytes: u64, by_model: bool, pushed: &[(&str, &str, u64)]) -> u32 {
        let mut rules = crate::tests::rules();
        (rules.max_requests, rules.max_bytes) = (max_requests, max_bytes);
        let mut parts = Parts::new(&rules, by_model);
        for (url, model, bytes) in pushed {
            parts.push(url, Some(model), *bytes);
        }
        parts.count
    }

    #[test]
    fn the_length_is_that_of_the_line_as_written() {
        for (url, body) in [
            ("/v1/responses", r#"{"a":"é日本"}"#),
            ("/v1/\"odd\u{1}\\", "{}"),
            ("/v1", "{}"),
        ] {
            let url_json = serde_json::to_string(url).unwrap();
            let line = format!(
                "{{\"custom_id\":\"0123456789-000000\",\"method\":\"POST\",\"url\":{url_json},\"body\":{body}}}\n"
            );
            assert_eq!(wire_line_len(url, body), line.len() as u64);
        }
        let plain = wire_line_len("/v1", r#"{"a":""}"#);
        assert_eq!(
            wire_line_len("/v1", "{\"a\":\"\u{2028}\u{2029}\u{85}â\u{80}\u{203A}\"}"),
            plain + 18 + 2 + 2 + 3
        );
    }

    #[test]
    fn parts_are_filled_in_order() {
        let pushed = |bytes: &[u64]| bytes.iter().map(|bytes| ("/v1", "m", *bytes)).collect::<Vec<_>>();
        assert_eq!(parts(3, 100, false, &pushed(&[1; 7])), 3);
        assert_eq!(parts(9, 10, false, &pushed(&[6, 6, 4, 10, 1])), 4);
        assert_eq!(parts(9, 10, false, &[]), 0);
    }

    #[test]
    fn another_url_or_job_starts_a_part() {
        let mixed = [("/v1", "a", 1), ("/v1", "b", 1), ("/v2", "a", 1), ("/v1", "b", 1)];
        assert_eq!(parts(9, 100, false, &mixed), 3);
        assert_eq!(parts(9, 100, true, &mixed), 3);
        assert_eq!(parts(1, 100, true, &mixed), 4);
        assert_eq!(
            parts(9, 100, true, &[("/v1", "a", 1), ("/v1", "b", 1), ("/v1", "a", 1)]),
            2
        );
    }
}
