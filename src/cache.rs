//! Costly results, remembered by the hash of what they were made from.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};

pub(crate) use blake3::Hash;

/// What an entry takes beside its result, in bytes, roughly: empty results count too.
pub(crate) const ENTRY_SIZE: usize = 128;

/// Results by the hash of their input, as many as fit a number of bytes; what was unused for longest is forgotten
/// first, so that whoever goes back and forth between two inputs pays once, and a server that runs for years does not
/// grow.
#[derive(Debug)]
pub struct Cache<T> {
    /// In bytes.
    capacity: usize,
    entries: Mutex<Entries<T>>,
}

#[derive(Debug)]
struct Entries<T> {
    by_hash: HashMap<Hash, Entry<T>>,
    /// Counts the uses, and so orders them.
    uses: u64,
    /// In bytes.
    size: usize,
}

#[derive(Debug)]
struct Entry<T> {
    last_use: u64,
    /// In bytes; 0 until made.
    size: usize,
    /// Filled outside the lock: whoever comes second waits for the first instead of doing the work again.
    result: Arc<OnceLock<T>>,
}

impl<T: Clone> Cache<T> {
    /// A cache for so many bytes.
    pub fn with_capacity(capacity: usize) -> Self {
        Self {
            capacity,
            entries: Mutex::new(Entries {
                by_hash: HashMap::new(),
                uses: 0,
                size: 0,
            }),
        }
    }

    /// The result for the input with this hash, made now unless it is remembered; `size` is that of a result in bytes.
    pub fn get(&self, hash: Hash, make: impl FnOnce() -> T, size: impl FnOnce(&T) -> usize) -> T {
        let cell = self.take(hash);
        let mut is_new = false;
        let result = cell.get_or_init(|| {
            is_new = true;
            make()
        });
        if is_new {
            self.weigh(hash, ENTRY_SIZE + size(result));
        }
        result.clone()
    }

    fn take(&self, hash: Hash) -> Arc<OnceLock<T>> {
        let mut entries = self.lock();
        entries.uses += 1;
        let last_use = entries.uses;
        let entry = entries.by_hash.entry(hash).or_insert_with(|| Entry {
            last_use,
            size: 0,
            result: Arc::default(),
        });
        entry.last_use = last_use;
        Arc::clone(&entry.result)
    }

    /// Counts a new entry in, and forgets others until the rest fits.
    fn weigh(&self, hash: Hash, size: usize) {
        let mut entries = self.lock();
        let Some(entry) = entries.by_hash.get_mut(&hash) else {
            return;
        };
        entry.size = size;
        entries.size += size;
        while entries.size > self.capacity {
            let Some(oldest) = entries.oldest() else {
                return;
            };
            if let Some(entry) = entries.by_hash.remove(&oldest) {
                entries.size -= entry.size;
            }
        }
    }

    /// A panic while the lock was held leaves at worst a size that is off; nothing to give up for.
    fn lock(&self) -> MutexGuard<'_, Entries<T>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Entries<T> {
    fn oldest(&self) -> Option<Hash> {
        self.by_hash
            .iter()
            .filter(|(_, entry)| entry.size > 0)
            .min_by_key(|(_, entry)| entry.last_use)
            .map(|(hash, _)| *hash)
    }
}
