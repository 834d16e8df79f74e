//! How many parts requests will be sent in: the same greedy rule as the splitter's.

use tabane_model::Rules;

/// Bytes that our line has around `url` and `body`: id of 17 characters, names, punctuation, line end.
const FRAME: u64 = r#"{"custom_id":"","method":"POST","url":"","body":}"#.len() as u64 + 17 + 1;

/// Bytes of the line as it goes out; U+2028, U+2029 and U+0085 are escaped.
pub(crate) fn wire_length(url: &str, body: &str) -> u64 {
    let mut length = FRAME + url.len() as u64 + body.len() as u64;
    // Most bodies hold none of their first bytes.
    if memchr::memchr2(0xE2, 0xC2, body.as_bytes()).is_some() {
        length += body.matches(['\u{2028}', '\u{2029}']).count() as u64 * 3;
        length += body.matches('\u{85}').count() as u64 * 4;
    }
    length
}

/// Counts parts as requests come.
#[derive(Clone, Debug, Default)]
pub(crate) struct PartCount {
    pub(crate) parts: u32,
    requests: u64,
    bytes: u64,
}

impl PartCount {
    pub(crate) fn add(&mut self, length: u64, rules: &Rules) {
        let full = self.requests >= rules.max_requests || self.bytes + length > rules.max_bytes;
        if self.parts == 0 || full {
            self.parts += 1;
            self.requests = 0;
            self.bytes = 0;
        }
        self.requests += 1;
        self.bytes += length;
    }
}
