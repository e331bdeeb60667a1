//! The places that connections take: so many, and whoever waits longest for nothing gives way to the next.
//!
//! More than that wait in the system's queue. A flood of connections that send nothing would keep readers there: so
//! when all places are taken, a newcomer gets that of the connection which has kept us waiting longest, once it has
//! done so for a while. Nobody whose answer is being made loses a place.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio::{
    sync::{Notify, OwnedSemaphorePermit, Semaphore},
    time::{Instant, timeout},
};

/// Between two looks for a place.
const PAUSE: Duration = Duration::from_millis(50);

/// What a peer keeps us waiting for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wait {
    /// To send a request, or the rest of one.
    Request,
    /// To take an answer.
    Answer,
}

impl Wait {
    /// For how long nobody else gets the place: plenty over the slowest of networks.
    fn undisturbed(self) -> Duration {
        match self {
            Self::Request => Duration::from_secs(1),
            Self::Answer => Duration::from_secs(10),
        }
    }
}

/// All places.
#[derive(Clone, Debug)]
pub(super) struct Places {
    free: Arc<Semaphore>,
    taken: Arc<Taken>,
}

#[derive(Debug)]
struct Taken {
    /// What moments are counted from.
    start: Instant,
    /// By number, each with its number as key. Locked when a connection begins or ends, not by its requests.
    states: Mutex<(u64, HashMap<u64, Arc<State>>)>,
}

/// How a connection stands.
#[derive(Debug)]
struct State {
    /// From when on it gives way, in microseconds from the start; [`NEVER`] while nobody keeps us waiting.
    gives_way_from: AtomicU64,
    /// Whether the answer to its request is being made, so that the peer waits for us.
    is_answering: AtomicBool,
    /// That it is to end without a last word to a peer that may never hang up.
    is_told_to_close: AtomicBool,
    gives_way: Notify,
}

const NEVER: u64 = u64::MAX;

impl Places {
    pub(super) fn new(count: usize) -> Self {
        Self {
            free: Arc::new(Semaphore::new(count)),
            taken: Arc::new(Taken {
                start: Instant::now(),
                states: Mutex::default(),
            }),
        }
    }

    /// A place, as soon as there is one.
    pub(super) async fn take(&self) -> Place {
        let place = || Arc::clone(&self.free);
        if let Ok(permit) = place().try_acquire_owned() {
            return self.place(Some(permit));
        }
        loop {
            self.make_room();
            // It fails only where it was closed, which it never is.
            if let Ok(permit) = timeout(PAUSE, place().acquire_owned()).await {
                return self.place(permit.ok());
            }
        }
    }

    /// A place beyond the number of places.
    pub(super) fn extra(&self) -> Place {
        self.place(None)
    }

    fn place(&self, permit: Option<OwnedSemaphorePermit>) -> Place {
        let state = Arc::new(State {
            gives_way_from: NEVER.into(),
            is_answering: false.into(),
            is_told_to_close: false.into(),
            gives_way: Notify::new(),
        });
        let mut states = self.taken.lock();
        states.0 += 1;
        let number = states.0;
        states.1.insert(number, Arc::clone(&state));
        drop(states);
        Place(Arc::new(Inner {
            number,
            state,
            taken: Arc::clone(&self.taken),
            _permit: permit,
        }))
    }

    /// Takes the place of whoever has kept us waiting longest.
    pub(super) fn make_room(&self) {
        let now = self.taken.now();
        let states = self.taken.lock();
        let waiting = states.1.values().filter_map(|state| {
            let from = state.gives_way_from.load(Ordering::Relaxed);
            (from <= now && !state.is_answering.load(Ordering::Relaxed)).then_some((from, state))
        });
        if let Some((_, state)) = waiting.min_by_key(|(from, _)| *from) {
            // Once is enough: the next newcomer takes another's.
            state.gives_way_from.store(NEVER, Ordering::Relaxed);
            state.gives_way.notify_one();
        }
    }
}

impl Taken {
    /// Microseconds from the start.
    fn now(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_micros()).unwrap_or(NEVER)
    }

    /// A panic while the lock was held leaves nothing half-done.
    fn lock(&self) -> MutexGuard<'_, (u64, HashMap<u64, Arc<State>>)> {
        self.states.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One place; free again when the last clone is dropped.
#[derive(Clone, Debug)]
pub(super) struct Place(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    number: u64,
    state: Arc<State>,
    taken: Arc<Taken>,
    _permit: Option<OwnedSemaphorePermit>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.taken.lock().1.remove(&self.number);
    }
}

impl Place {
    /// From now on the peer keeps us waiting.
    pub(super) fn waits_for(&self, what: Wait) {
        let undisturbed = u64::try_from(what.undisturbed().as_micros()).unwrap_or(NEVER);
        let from = self.0.taken.now().saturating_add(undisturbed);
        self.0.state.gives_way_from.store(from, Ordering::Relaxed);
    }

    /// From now on the peer waits for us to make an answer.
    pub(super) fn answers(&self) {
        self.0.state.is_answering.store(true, Ordering::Relaxed);
    }

    /// An answer begins to be sent.
    pub(super) fn answered(&self) {
        self.0.state.is_answering.store(false, Ordering::Relaxed);
        self.0.state.gives_way_from.store(NEVER, Ordering::Relaxed);
    }

    /// Ends when the place is wanted for another.
    pub(super) async fn gives_way(&self) {
        self.0.state.gives_way.notified().await;
    }

    /// That the connection is to end at once.
    pub(super) fn close(&self) {
        self.0.state.is_told_to_close.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_told_to_close(&self) -> bool {
        self.0.state.is_told_to_close.load(Ordering::Relaxed)
    }
}
