//! What is shown at this moment, and the means to replace it.

use std::{
    collections::BTreeSet,
    panic::resume_unwind,
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        mpsc::{SyncSender, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, oneshot, watch},
    task::spawn_blocking,
    time::{error::Elapsed, timeout},
};

use crate::media::{Contents, Served};
use crate::site::{CompressionCache, Resource, Site};
use crate::watch::BuildResult;

/// How long a search waits for others to end. Ten thousand projects are searched in less.
const SEARCH_WAIT: Duration = Duration::from_secs(3);

/// How long what a page loads outlives the site that the page was read from.
const FORMER_TIME: Duration = Duration::from_hours(1);

/// How many bytes of it are kept at most; what was lost first goes first.
const FORMER_SIZE: usize = 8 << 20;

/// How many locations are remembered that were given up.
const GIVEN_UP: usize = 10_000;

/// How many sizes of pictures wait to be made.
const LATER: usize = 4096;

/// A site, and how it relates to the content; replaced as a whole.
#[derive(Debug)]
pub struct Snapshot {
    pub site: Arc<Site>,
    pub built_at: Instant,
    /// How many errors keep a newer state of the content from being shown.
    pub problems: usize,
    /// What an operator should know, in a sentence. Anyone can read it at `/readyz`.
    pub message: Option<String>,
    /// What there is to say about the content, as HTML; only a preview shows it.
    pub report: String,
    pub version: u64,
}

impl Snapshot {
    pub fn new(site: Site) -> Self {
        Self {
            site: Arc::new(site),
            built_at: Instant::now(),
            problems: 0,
            message: None,
            report: String::new(),
            version: 0,
        }
    }
}

/// A handle on what is shown; every clone sees the same.
#[derive(Clone, Debug)]
pub struct CurrentSite(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    snapshot: watch::Sender<Arc<Snapshot>>,
    compressed: CompressionCache,
    /// What pages of earlier sites load, and when those sites went; the latest last.
    former: Mutex<Vec<(Instant, String, Resource)>>,
    /// The locations that earlier sites had, and no later one, as long as nothing else stands there.
    given_up: Mutex<BTreeSet<String>>,
    /// To draw pictures: two at once, so that whoever asks for a thousand does not keep everybody else waiting.
    drawing: Arc<Semaphore>,
    /// What is made when nothing else is to be done.
    later: OnceLock<SyncSender<Served>>,
    /// To search: as many at once as leave a processor to everybody else.
    searching: Arc<Semaphore>,
}

impl CurrentSite {
    pub fn new(site: Site) -> Self {
        let processors = thread::available_parallelism().map_or(1, usize::from);
        Self(Arc::new(Inner {
            snapshot: watch::Sender::new(Arc::new(Snapshot::new(site))),
            compressed: CompressionCache::default(),
            former: Mutex::default(),
            given_up: Mutex::default(),
            drawing: Arc::new(Semaphore::new(2)),
            later: OnceLock::new(),
            searching: Arc::new(Semaphore::new(processors.saturating_sub(1).max(1))),
        }))
    }

    pub fn load(&self) -> Arc<Snapshot> {
        Arc::clone(&self.0.snapshot.borrow())
    }

    /// Tells of everything that is published from now on.
    pub(super) fn subscribe(&self) -> watch::Receiver<Arc<Snapshot>> {
        self.0.snapshot.subscribe()
    }

    /// Shows another snapshot from the next request on; those under way keep theirs. May be called from any thread.
    pub fn publish(&self, snapshot: Snapshot) {
        self.0.snapshot.send_modify(|current| {
            let version = current.version + 1;
            *current = Arc::new(Snapshot { version, ..snapshot });
        });
    }

    /// Takes over what a build came to, unless nothing differs: its site, or, where errors stand against it, only
    /// the news of them.
    ///
    /// Whether anything differed is returned. Only one thread may build.
    pub fn update(&self, result: BuildResult) -> bool {
        let current = self.load();
        let problems = result.errors();
        let report = result.html();
        let message = (problems > 0).then(|| {
            let errors = if problems == 1 { "error" } else { "errors" };
            let shown = if current.site.is_empty() {
                "nothing can be shown yet"
            } else {
                "its last state without errors is shown"
            };
            format!("{problems} {errors} in the content: {shown}")
        });
        let changed = result.built.filter(|it| it.site != *current.site);
        if changed.is_none() && current.message == message && current.report == report {
            return false;
        }
        let (site, built_at) = match changed {
            Some(built) => {
                self.remember(&current.site, &built.site);
                (Arc::new(built.site), Instant::now())
            }
            None => (Arc::clone(&current.site), current.built_at),
        };
        self.publish(Snapshot { site, built_at, problems, message, report, version: 0 });
        true
    }

    /// Keeps what pages of a site load for those who have just read one, while another takes its place.
    fn remember(&self, old: &Site, new: &Site) {
        let now = Instant::now();
        let mut given_up = self.0.given_up.lock().unwrap_or_else(PoisonError::into_inner);
        let room = GIVEN_UP.saturating_sub(given_up.len());
        given_up.extend(old.given_up_by(new).take(room));
        let mut former = self.0.former.lock().unwrap_or_else(PoisonError::into_inner);
        former.retain(|(gone, ..)| now.duration_since(*gone) < FORMER_TIME);
        former.extend(old.lost_to(new).map(|(path, it)| (now, path, it)));
        let mut size = 0;
        let fitting = former.iter().rev().take_while(|(.., resource)| {
            size += resource.body().len();
            size <= FORMER_SIZE
        });
        let excess = former.len() - fitting.count();
        former.drain(..excess);
    }

    /// What stood at a location until a while ago, and pages read then still load.
    pub(super) fn former(&self, location: &str) -> Option<Resource> {
        let former = self.0.former.lock().unwrap_or_else(PoisonError::into_inner);
        let mut kept = former.iter().rev();
        let (gone, _, resource) = kept.find(|(_, path, _)| path == location)?;
        (gone.elapsed() < FORMER_TIME).then(|| resource.clone())
    }

    /// Whether something stood at a location while this server ran, so that whoever has it may forget it.
    pub(super) fn is_given_up(&self, location: &str) -> bool {
        let given_up = self.0.given_up.lock().unwrap_or_else(PoisonError::into_inner);
        given_up.contains(location)
    }

    /// Makes the body of a resource that nobody has asked for before. What cannot be made is missing until the site
    /// changes.
    pub(super) async fn make(&self, resource: &Resource) {
        let drawing = self.drawing(!resource.content_type().is_compressible()).await;
        let resource = resource.clone();
        run_blocking(move || {
            let _drawing = drawing;
            if !resource.is_made()
                && let Some(failure) = resource.failure()
            {
                tracing::warn!("{failure}");
            }
        })
        .await;
    }

    /// The turn of a picture to be drawn, for what is one.
    async fn drawing(&self, is_drawn: bool) -> Option<OwnedSemaphorePermit> {
        let turn = Arc::clone(&self.0.drawing).acquire_owned();
        // The semaphore is never closed.
        if is_drawn { turn.await.ok() } else { None }
    }

    /// Opens a file, and has its tag; a size of a picture is made first unless it is there.
    pub(super) async fn open(&self, served: Served) -> Result<(Contents, String), String> {
        let drawing = self.drawing(!served.is_ready()).await;
        run_blocking(move || {
            let _drawing = drawing;
            let contents = served.open()?;
            let tag = served.tag().map_err(|it| it.to_string())?;
            Ok((contents, tag))
        })
        .await
    }

    /// Has a size of a picture made behind everything else. Whoever asks for more than can wait asks again.
    pub(super) fn make_later(&self, served: Served) {
        let later = self.0.later.get_or_init(|| {
            let (later, waiting) = sync_channel::<Served>(LATER);
            thread::spawn(move || {
                give_way();
                for served in waiting {
                    if !served.is_ready()
                        && let Err(reason) = served.open()
                    {
                        tracing::warn!("{reason}");
                    }
                }
            });
            later
        });
        let _ = later.try_send(served);
    }

    /// What a search page of the site answers; an error where so many search that nobody should wait.
    pub(super) async fn search(
        &self,
        site: Arc<Site>,
        path: String,
        query: String,
    ) -> Result<Option<Resource>, Elapsed> {
        let permit = Arc::clone(&self.0.searching).acquire_owned();
        let permit = timeout(SEARCH_WAIT, permit).await?;
        let search = move || {
            let _permit = permit;
            site.search(&path, &query)
        };
        Ok(run_blocking(search).await)
    }

    /// Compresses each site that is published, in a thread of its own, until nothing else holds on to what is shown.
    ///
    /// It goes through the resources one after the other, so that a processor remains for requests, and leaves a
    /// site that is no longer shown.
    pub(super) async fn compress(self) {
        let mut published = self.subscribe();
        let inner = Arc::downgrade(&self.0);
        drop(self);
        loop {
            let site = Arc::clone(&published.borrow_and_update().site);
            let inner = inner.clone();
            let compress = move || {
                // Somebody may wait for this soon.
                site.prepare_search();
                let mut count = 0;
                for resource in site.resources() {
                    count += 1;
                    match inner.upgrade() {
                        Some(inner) if Arc::ptr_eq(&site, &inner.snapshot.borrow().site) => {
                            resource.compress(&inner.compressed);
                        }
                        _ => return,
                    }
                }
                if let Some(inner) = inner.upgrade() {
                    inner.compressed.keep_last(count);
                }
            };
            if run_low_priority(compress).await.is_err() {
                tracing::error!("compressing failed; pages are served as they are");
            }
            if published.changed().await.is_err() {
                return;
            }
        }
    }
}

/// Does what takes its time in a thread that answers nobody; a panic goes on to whoever waits for it.
pub(super) async fn run_blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> T {
    match spawn_blocking(work).await {
        Ok(result) => result,
        // It cannot be cancelled otherwise.
        Err(error) => resume_unwind(error.into_panic()),
    }
}

/// Lets everything else go before this thread, and before the processes that it starts.
fn give_way() {
    // On Linux, this is about the thread alone. Where it is refused, the work is done all the same.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::nice(10);
}

/// Does what can wait in a thread that everything else comes before; an error where it panicked.
async fn run_low_priority(
    work: impl FnOnce() + Send + 'static,
) -> Result<(), oneshot::error::RecvError> {
    let (done, finished) = oneshot::channel();
    thread::spawn(move || {
        give_way();
        work();
        let _ = done.send(());
    });
    finished.await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_search_waits_its_turn_and_not_for_ever() {
        let site = Site::builder().build().expect("an empty site");
        let current = CurrentSite::new(site);
        let (searching, site) = (Arc::clone(&current.0.searching), current.load().site.clone());
        let permits = u32::try_from(searching.available_permits()).expect("few");
        let others = searching.acquire_many(permits).await.expect("free");
        let ask = || current.search(Arc::clone(&site), "/search/".into(), "q=a".into());
        assert!(ask().await.is_err());
        let asked = tokio::spawn({
            let (current, site) = (current.clone(), Arc::clone(&site));
            async move { current.search(site, "/search/".into(), "q=a".into()).await.is_ok() }
        });
        drop(others);
        assert!(asked.await.expect("no panic"));
    }
}
