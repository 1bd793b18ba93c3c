//! The listener: bytes of a connection become a [`Request`], and an [`Answer`] becomes bytes.

use std::{
    convert::Infallible,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::Arc,
    thread::{self, JoinHandle},
};

use http_body_util::{BodyExt, Full};
use hyper::{
    Response,
    body::{Bytes, Incoming},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::{
    net::{TcpListener, TcpStream},
    runtime::{self, Runtime},
    sync::oneshot,
    task,
};

use crate::{
    answer::Answer,
    app::{App, Outcome},
    description::DescriptionError,
    git::GitError,
    options::{Options, Slug},
    request::Request,
};

/// A double that listens until it is dropped.
pub struct Server {
    url: String,
    app: Arc<App>,
    stop: Option<oneshot::Sender<Infallible>>,
    thread: Option<JoinHandle<()>>,
}

/// Why a double cannot be started.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum StartError {
    #[error("cannot listen on port {port}: {reason}")]
    Listen { port: u16, reason: std::io::Error },
    #[error("cannot read the facts in `{}`: {reason}", path.display())]
    Facts { path: PathBuf, reason: String },
    #[error("cannot read the description of the API: {0}")]
    Description(#[from] DescriptionError),
    #[error("cannot use the repository `{slug}`: {reason}")]
    Repository { slug: Slug, reason: GitError },
    #[error("cannot read the folder `{}`: {reason}", path.display())]
    Root { path: PathBuf, reason: std::io::Error },
}

impl Server {
    /// Opens the repositories and listens on the loopback interface.
    pub fn start(options: &Options) -> Result<Self, StartError> {
        let refused = |reason| StartError::Listen { port: options.port, reason };
        let runtime = runtime::Builder::new_current_thread().enable_io().build();
        let runtime = runtime.map_err(refused)?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
        let listener = runtime.block_on(TcpListener::bind(address)).map_err(refused)?;
        let url = format!("http://{}", listener.local_addr().map_err(refused)?);
        let app = Arc::new(App::open(options, &url)?);
        let (stop, stopped) = oneshot::channel();
        let served = Arc::clone(&app);
        let thread = thread::spawn(move || run(runtime, listener, &served, stopped));
        Ok(Self { url, app, stop: Some(stop), thread: Some(thread) })
    }

    /// Where it listens, without a slash at the end: the value of `GITHUB_API_URL`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The requests that came in, as `GET /__requests` tells them.
    #[must_use]
    pub fn requests(&self) -> Value {
        self.app.requests()
    }

    /// What there is, as `GET /__state` tells it.
    #[must_use]
    pub fn state(&self) -> Value {
        self.app.told()
    }

    /// Plans failures, as `POST /__faults` does; the reason if that is no plan.
    pub fn fail(&self, faults: &Value) -> Result<(), String> {
        self.app.fail(faults)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

fn run(
    runtime: Runtime,
    listener: TcpListener,
    app: &Arc<App>,
    stopped: oneshot::Receiver<Infallible>,
) {
    runtime.block_on(async {
        let accepting = task::LocalSet::new();
        accepting
            .run_until(async {
                let accepted = task::spawn_local(accept(listener, Arc::clone(app)));
                // The sender never sends; it is dropped with the server.
                stopped.await.ok();
                accepted.abort();
            })
            .await;
    });
    runtime.shutdown_background();
}

async fn accept(listener: TcpListener, app: Arc<App>) {
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            task::spawn_local(converse(stream, Arc::clone(&app)));
        }
    }
}

async fn converse(stream: TcpStream, app: Arc<App>) {
    let service = service_fn(|request| respond(request, Arc::clone(&app)));
    let connection = http1::Builder::new();
    // An error is a connection that somebody cut, often ourselves; there is nobody to tell.
    connection.serve_connection(TokioIo::new(stream), service).await.ok();
}

/// Why a connection ends without an answer.
#[derive(Debug, thiserror::Error)]
#[error("the connection is cut")]
struct Cut;

async fn respond(
    request: hyper::Request<Incoming>,
    app: Arc<App>,
) -> Result<Response<Full<Bytes>>, Cut> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map_err(|_| Cut)?.to_bytes();
    let request = Request::new(head, body.to_vec());
    // Git is another process: it is waited for beside the connections.
    let outcome = task::spawn_blocking(move || app.answer(&request)).await.map_err(|_| Cut)?;
    match outcome {
        Outcome::Answered(answer) => Ok(bytes(answer)),
        Outcome::Cut => Err(Cut),
    }
}

fn bytes(answer: Answer) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(answer.body)));
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers;
    response
}
