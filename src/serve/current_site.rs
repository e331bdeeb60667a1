//! What is served at this moment, and the means to replace it.

use std::{
    panic::resume_unwind,
    sync::{Arc, Weak},
    thread,
    time::SystemTime,
};

use arc_swap::{ArcSwap, Guard};
use tokio::{
    sync::{Semaphore, oneshot, watch},
    task::spawn_blocking,
};

use crate::site::{CompressionCache, Later, Resource, Site};
use crate::watch::BuildResult;

/// A site and how it stands; replaced as a whole.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// What is shown.
    pub site: Arc<Site>,
    /// How it relates to the content.
    pub state: State,
}

/// How what is shown relates to the content.
#[derive(Clone, Debug)]
pub struct State {
    /// When the site that is shown was built.
    pub built_at: SystemTime,
    /// How many errors keep a newer state of the content from being shown.
    pub problems: usize,
    /// What an operator should know, in a sentence. Anyone can read it at `/readyz`.
    pub message: Option<String>,
    /// What there is to say about the content, as HTML; only a preview shows it.
    pub report: Arc<str>,
}

/// A handle on what is served; every clone sees the same.
#[derive(Clone, Debug)]
pub struct CurrentSite(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    snapshot: ArcSwap<Snapshot>,
    /// Counts what was published.
    published: watch::Sender<u64>,
    cache: CompressionCache,
    /// To draw pictures: two at once, so that whoever asks for a thousand does not keep everybody else waiting.
    drawing: Arc<Semaphore>,
}

impl CurrentSite {
    /// Begins with a snapshot.
    pub fn new(snapshot: Snapshot) -> Self {
        Self(Arc::new(Inner {
            snapshot: ArcSwap::from_pointee(snapshot),
            published: watch::Sender::new(0),
            cache: CompressionCache::default(),
            drawing: Arc::new(Semaphore::new(2)),
        }))
    }

    /// Shows another snapshot from the next request on; those under way keep theirs. May be called from any
    /// thread.
    pub fn publish(&self, snapshot: Snapshot) {
        self.0.snapshot.store(Arc::new(snapshot));
        self.0.published.send_modify(|count| *count += 1);
    }

    /// Takes over what a build came to, unless nothing differs: its site, or, where errors stand against it, only
    /// the news of them.
    ///
    /// Whether anything differed is returned. Only one thread may build.
    pub fn update(&self, result: BuildResult, now: SystemTime) -> bool {
        let current = self.current();
        let problems = result.errors();
        let report = result.html();
        let news = (problems > 0).then(|| {
            let errors = if problems == 1 { "error" } else { "errors" };
            let shown = if current.site.is_empty() {
                "nothing can be shown yet"
            } else {
                "its last state without errors is shown"
            };
            format!("{problems} {errors} in the content: {shown}")
        });
        let changed = result.built.filter(|it| it.site != *current.site);
        let state = &current.state;
        if changed.is_none() && state.message == news && *state.report == *report {
            return false;
        }
        let (site, built_at) = match changed {
            Some(built) => (Arc::new(built.site), now),
            None => (Arc::clone(&current.site), state.built_at),
        };
        self.publish(Snapshot {
            site,
            state: State {
                built_at,
                problems,
                message: news,
                report: report.into(),
            },
        });
        true
    }

    /// Makes the body of a resource if nobody asked for it before.
    pub(super) async fn make(&self, resource: &Resource) {
        let drawing = match resource.pending() {
            None => return,
            Some(Later::Text(_)) => None,
            Some(Later::Picture(_)) => Some(Arc::clone(&self.0.drawing).acquire_owned().await),
        };
        // Whoever was first may have made it while this one waited.
        if let Some(later) = resource.pending() {
            aside(move || {
                let _drawing = drawing;
                later.make();
            })
            .await;
        }
    }

    /// Gathers what can be found, if nobody searched before.
    pub(super) async fn prepare_search(site: &Arc<Site>) {
        let site = Arc::clone(site);
        aside(move || site.prepare_search()).await;
    }

    /// Counts what is published.
    pub(super) fn published(&self) -> watch::Receiver<u64> {
        self.0.published.subscribe()
    }

    /// What is shown now.
    pub fn current(&self) -> Arc<Snapshot> {
        self.0.snapshot.load_full()
    }

    /// What is shown now, for as long as nothing is waited for: cheaper than [`Self::current`].
    pub(super) fn shown(&self) -> Guard<Arc<Snapshot>> {
        self.0.snapshot.load()
    }

    fn shows(&self, site: &Arc<Site>) -> bool {
        Arc::ptr_eq(&self.0.snapshot.load().site, site)
    }
}

/// Does what takes its time in a thread that answers nobody; a panic goes on to whoever waits for it.
async fn aside(work: impl FnOnce() + Send + 'static) {
    if let Err(error) = spawn_blocking(work).await
        && let Ok(panic) = error.try_into_panic()
    {
        resume_unwind(panic);
    }
}

/// Compresses each site that is published, in a thread of its own; never ends.
///
/// It goes through the resources one after the other, so that a processor remains for requests, gives way to whoever
/// builds the next site, and leaves a site that is no longer shown.
pub(super) async fn compress(live: CurrentSite) {
    let mut published = live.0.published.subscribe();
    // Dropped when this task is aborted, which the thread notices: a thread cannot be aborted itself.
    let wanted = Arc::new(());
    loop {
        published.mark_unchanged();
        let site = Arc::clone(&live.current().site);
        // Somebody may wait for this soon.
        CurrentSite::prepare_search(&site).await;
        let (live, wanted) = (live.clone(), Arc::downgrade(&wanted));
        if gently(move || compress_all(&site, &live, &wanted))
            .await
            .is_err()
        {
            tracing::error!("compressing failed; pages are served as they are");
        }
        if published.changed().await.is_err() {
            return;
        }
    }
}

fn compress_all(site: &Arc<Site>, live: &CurrentSite, wanted: &Weak<()>) {
    for resource in site.resources() {
        if wanted.strong_count() == 0 || !live.shows(site) {
            return;
        }
        resource.compress(&live.0.cache);
    }
}

/// Does what can wait in a thread that everything else comes before; an error where it panicked.
async fn gently(work: impl FnOnce() + Send + 'static) -> Result<(), oneshot::error::RecvError> {
    let (done, finished) = oneshot::channel();
    thread::spawn(move || {
        // On Linux, this is about the thread alone. Where it is refused, the work is done all the same.
        #[cfg(target_os = "linux")]
        let _ = rustix::process::nice(10);
        work();
        let _ = done.send(());
    });
    finished.await
}
