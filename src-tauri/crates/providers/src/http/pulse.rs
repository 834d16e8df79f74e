//! A time limit that counts from the last sign of life.
//!
//! `reqwest`'s own read timeout runs from the moment a request is sent, so that an upload of more than two minutes
//! would always fail however well it goes.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// Beats whenever something moves. Copies share one heart.
#[derive(Clone, Debug)]
pub(crate) struct Pulse(Arc<Mutex<Instant>>);

impl Pulse {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(Instant::now())))
    }

    pub(crate) fn beat(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// Ends when nothing has moved for so long.
    pub(crate) async fn stops(&self, limit: Duration) {
        loop {
            let until = *self.0.lock().unwrap_or_else(PoisonError::into_inner) + limit;
            if until <= Instant::now() {
                return;
            }
            sleep_until(until).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn each_beat_starts_the_limit_anew() {
        let (pulse, limit, start) = (Pulse::new(), Duration::from_millis(200), Instant::now());
        let beating = pulse.clone();
        tokio::join!(pulse.stops(limit), async move {
            for _ in 0..4 {
                tokio::time::sleep(Duration::from_millis(100)).await;
                beating.beat();
            }
        });
        assert!(
            start.elapsed() >= Duration::from_millis(600),
            "{:?}",
            start.elapsed()
        );
    }
}
