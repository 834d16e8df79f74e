//! A limit on calls that cannot be interrupted: a locked keychain may wait for its password for ever.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::Error;

/// Threads that may be left waiting at a time. Each costs little, but something that asks again and again
/// must not fill the memory.
const MAX_WAITING: usize = 32;

/// Runs each call on a thread of its own and stops waiting for it when the time is up.
///
/// The call itself goes on: when the user unlocks the keychain later, a key may still be saved late.
#[derive(Clone, Debug)]
pub struct TimeLimit {
    limit: Duration,
    waiting: Arc<AtomicUsize>,
}

impl TimeLimit {
    #[must_use]
    pub fn new(limit: Duration) -> Self {
        Self {
            limit,
            waiting: Arc::default(),
        }
    }

    /// The result of `call`, or [`Error::Locked`] when it takes longer than the limit.
    pub fn run<T: Send + 'static>(
        &self,
        call: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let ticket = Ticket::take(&self.waiting)?;
        let (answer, wait) = mpsc::channel();
        thread::Builder::new()
            .name("keychain".to_owned())
            .spawn(move || {
                let _ticket = ticket;
                // Nobody listens any more once the time is up.
                let _ = answer.send(call());
            })
            .map_err(|error| Error::Failed(error.to_string()))?;
        match wait.recv_timeout(self.limit) {
            Ok(result) => result,
            Err(mpsc::RecvTimeoutError::Timeout) => {
                Err(Error::Locked(format!("no answer within {:?}", self.limit)))
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                Err(Error::Failed("the call to the keychain broke off".to_owned()))
            }
        }
    }
}

/// One waiting thread; given back when it ends, also by a panic.
struct Ticket(Arc<AtomicUsize>);

impl Ticket {
    fn take(waiting: &Arc<AtomicUsize>) -> Result<Self, Error> {
        let ticket = Self(Arc::clone(waiting));
        if waiting.fetch_add(1, Ordering::Relaxed) >= MAX_WAITING {
            return Err(Error::Locked(format!(
                "{MAX_WAITING} calls have had no answer yet"
            )));
        }
        Ok(ticket)
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;

    use tabane_model::Explain;

    use super::*;

    const SHORT: Duration = Duration::from_millis(20);

    fn code<T>(result: Result<T, Error>) -> String {
        result.err().map(|error| error.explain().code).unwrap_or_default()
    }

    #[test]
    fn hands_the_result_over() {
        let limit = TimeLimit::new(Duration::from_secs(5));
        assert_eq!(limit.run(|| Ok(7)).unwrap(), 7);
        assert_eq!(
            code(limit.run(|| Err::<(), _>(Error::Ambiguous))),
            "keychain-ambiguous"
        );
    }

    #[test]
    fn a_call_that_hangs_is_a_locked_keychain_and_others_go_on() {
        let limit = TimeLimit::new(SHORT);
        let gate = Arc::new(Barrier::new(2));
        let inside = Arc::clone(&gate);
        let hung = limit.run(move || {
            inside.wait();
            Ok(())
        });
        assert_eq!(code(hung), "keychain-locked");
        assert!(TimeLimit::new(Duration::from_secs(5)).run(|| Ok(())).is_ok());
        gate.wait();
    }

    #[test]
    fn a_panic_is_a_failure() {
        let limit = TimeLimit::new(Duration::from_secs(5));
        assert_eq!(
            code(limit.run(|| -> Result<(), Error> { panic!("on purpose") })),
            "keychain-failed"
        );
        assert!(limit.run(|| Ok(())).is_ok());
    }

    #[test]
    fn waiting_calls_are_bounded_and_freed() {
        let limit = TimeLimit::new(SHORT);
        let gate = Arc::new(Barrier::new(MAX_WAITING + 1));
        thread::scope(|scope| {
            for _ in 0..MAX_WAITING {
                let (limit, inside) = (limit.clone(), Arc::clone(&gate));
                scope.spawn(move || {
                    limit.run(move || {
                        inside.wait();
                        Ok(())
                    })
                });
            }
        });
        let started = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&started);
        let refused = limit.run(move || {
            count.fetch_add(1, Ordering::SeqCst);
            Ok(())
        });
        assert_eq!(code(refused), "keychain-locked");
        assert_eq!(started.load(Ordering::SeqCst), 0);
        gate.wait();
        while limit.waiting.load(Ordering::Relaxed) > 0 {
            thread::yield_now();
        }
        assert!(
            TimeLimit {
                limit: Duration::from_secs(5),
                ..limit
            }
            .run(|| Ok(()))
            .is_ok()
        );
    }
}
