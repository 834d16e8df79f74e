//! The practice provider: a simulator that speaks the OpenAI batch protocol for real on 127.0.0.1. For tests it speaks
//! the protocols of other services too ([`dialects`]).
//!
//! Its state lives in a folder and a batch's progress follows from when it was made, so that it may be stopped and
//! started at any time. Its answers follow from model, body and how often the same body stood in the batch before.
//! It fails only when it is told to ([`Faults`]).

mod answers;
mod batches;
mod connection;
mod content;
pub mod dialects;
mod disk;
mod error;
mod faults;
mod files;
mod lines;
mod pace;
mod refusal;
mod results;
mod server;
mod service;
mod twists;
mod upload;
mod validation;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tabane_model::Clock;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use uuid::Uuid;

pub use error::Error;
pub use faults::{CreateRefuse, FailCheck, FailRows, Faults, RetryAfter, RowFaults, Rows, read_faults};
pub use pace::Pace;

/// How long answers that are under way may take when it stops.
const FAREWELL: Duration = Duration::from_secs(2);

pub struct Options {
    /// Where files and batches are kept; made if it does not exist.
    pub dir: PathBuf,
    pub clock: Arc<dyn Clock>,
    pub pace: Pace,
    pub faults: Faults,
    /// `None`: made for the occasion.
    pub key: Option<String>,
    /// Whose protocol it speaks.
    pub dialect: dialects::Dialect,
}

/// A simulator that is running. Dropping it stops it too, without waiting.
pub struct Running {
    /// Such as `http://127.0.0.1:40123/v1`.
    pub base_url: String,
    pub key: String,
    service: Option<Arc<service::Service>>,
    stop: Option<oneshot::Sender<()>>,
    task: Option<JoinHandle<()>>,
}

impl Running {
    /// Stops listening and waits for answers under way, at most two seconds.
    pub async fn stop(mut self) {
        self.leave();
        if let Some(task) = self.task.take() {
            let abort = task.abort_handle();
            if tokio::time::timeout(FAREWELL, task).await.is_err() {
                abort.abort();
            }
        }
    }

    fn leave(&mut self) {
        if let Some(service) = &self.service {
            service.close();
        }
        if let Some(stop) = self.stop.take() {
            // The server may have ended before.
            let _ = stop.send(());
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.leave();
    }
}

/// Starts a simulator on a free port of this computer. Needs a tokio runtime.
///
/// # Errors
/// The folder cannot be used, or no port can be opened.
pub async fn serve(options: Options) -> Result<Running, Error> {
    serve_on(0, options).await
}

/// Like [`serve`], on a chosen port; 0 is any free one.
///
/// # Errors
/// The folder cannot be used, or the port cannot be opened.
pub async fn serve_on(port: u16, options: Options) -> Result<Running, Error> {
    let Options {
        dir,
        clock,
        pace,
        faults,
        key,
        dialect,
    } = options;
    let key = key.unwrap_or_else(|| format!("practice-{}", Uuid::new_v4().simple()));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .await
        .map_err(Error::Port)?;
    let SocketAddr::V4(address) = listener.local_addr().map_err(Error::Port)? else {
        return Err(Error::Port(std::io::ErrorKind::AddrNotAvailable.into()));
    };
    let origin = format!("http://{address}");
    let ledger = dialects::Ledger::new(
        Arc::clone(&clock),
        pace,
        faults.clone(),
        key.clone(),
        origin.clone(),
    );
    let (service, routes) = if let Some(routes) = dialect.routes(Arc::new(ledger)) {
        (None, routes)
    } else {
        let service = service::Service::open(&dir, clock, pace, faults, key.clone(), dialect.twist())
            .map_err(|cause| Error::Folder { dir, cause })?;
        (Some(Arc::clone(&service)), server::router(service))
    };
    let (stop, stopped) = oneshot::channel::<()>();
    let task = tokio::spawn(async move {
        let routes = routes.into_make_service_with_connect_info::<connection::Scissors>();
        let server = axum::serve(connection::Door(listener), routes).with_graceful_shutdown(async {
            // Also when the sender is dropped.
            let _ = stopped.await;
        });
        // Never an error: axum's accept loop goes on by itself.
        let _ = server.await;
    });
    Ok(Running {
        base_url: format!("{origin}{}", dialect.path()),
        key,
        service,
        stop: Some(stop),
        task: Some(task),
    })
}
