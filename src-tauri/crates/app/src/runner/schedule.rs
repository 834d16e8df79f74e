//! When to look again.

use tabane_model::Millis;

const SECOND: Millis = 1_000;
const MINUTE: Millis = 60 * SECOND;

/// The wait before poll number `tries` (0-based): 2, 5, 10, 20, 30 s, then half as long again up to 5 minutes,
/// with up to a tenth of jitter so that many parts do not ask at once.
pub(crate) fn poll_wait(tries: u32, seed: &str) -> Millis {
    const FIRST: [Millis; 5] = [2 * SECOND, 5 * SECOND, 10 * SECOND, 20 * SECOND, 30 * SECOND];
    let wait = match FIRST.get(tries as usize) {
        Some(wait) => *wait,
        None => {
            let mut wait = 30 * SECOND;
            for _ in 4..tries.min(20) {
                wait = (wait * 3 / 2).min(5 * MINUTE);
            }
            wait
        }
    };
    wait + jitter(wait, tries, seed)
}

/// The wait after a failure that may pass by itself (network, upload, rate limit): 5 s doubling up to 5 minutes.
pub(crate) fn retry_wait(tries: u32, seed: &str) -> Millis {
    let wait = ((5 * SECOND) << tries.min(6)).min(5 * MINUTE);
    wait + jitter(wait, tries, seed)
}

/// Looks after an unclear create, counted from when it was sent (wire notes, "Reconciling an unclear create").
pub(crate) const LOOKS: [Millis; 5] = [10 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE, 10 * MINUTE];

/// When to look next, or `None` when all looks are over and the user must decide.
pub(crate) fn next_look(sent_at: Millis, now: Millis) -> Option<Millis> {
    LOOKS.into_iter().map(|wait| sent_at + wait).find(|at| *at > now)
}

/// A full queue at the provider: 5, 10, 20, then 30 minutes.
pub(crate) fn queue_wait(tries: u32) -> Millis {
    ((5 * MINUTE) << tries.min(3)).min(30 * MINUTE)
}

fn jitter(wait: Millis, tries: u32, seed: &str) -> Millis {
    let mixed = seed.bytes().fold(u64::from(tries) + 1, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    Millis::try_from(mixed % 1_000).unwrap_or(0) * wait / 10_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polls_back_off_to_five_minutes() {
        let seconds: Vec<_> = (0..14).map(|tries| poll_wait(tries, "part") / SECOND).collect();
        for (tries, least) in [2, 5, 10, 20, 30, 45, 67].into_iter().enumerate() {
            assert!(
                (least..=least * 11 / 10 + 1).contains(&seconds[tries]),
                "{seconds:?}"
            );
        }
        assert!(seconds[13] >= 300 && seconds[13] <= 330, "{seconds:?}");
    }

    #[test]
    fn looks_end_after_ten_minutes() {
        assert_eq!(next_look(0, 0), Some(10 * SECOND));
        assert_eq!(next_look(0, 2 * MINUTE), Some(10 * MINUTE));
        assert_eq!(next_look(0, 10 * MINUTE), None);
    }
}
