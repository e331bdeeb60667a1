//! Costly results, remembered by the hash of what they were made from.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

pub(crate) use blake3::{Hash, hash};

/// What an entry takes beside its result, in bytes, roughly: empty results count too.
pub(crate) const ENTRY_SIZE: usize = 128;

/// Results by the hash of their input, as many as fit a number of bytes. What was unused for longest is forgotten
/// first, so that a server that runs for years does not grow.
#[derive(Debug)]
pub struct Cache<T> {
    capacity: usize,
    /// The one used last stands last.
    entries: Mutex<Vec<Entry<T>>>,
}

#[derive(Debug)]
struct Entry<T> {
    hash: Hash,
    /// In bytes; 0 until made.
    size: usize,
    /// Filled outside the lock: whoever comes second waits for the first instead of doing the work again.
    result: Arc<OnceLock<T>>,
}

impl<T: Clone> Cache<T> {
    pub fn with_capacity(capacity: usize) -> Self {
        Self { capacity, entries: Mutex::default() }
    }

    /// The result for the input with this hash, made now unless it is remembered; `size` is that of a result in bytes.
    pub fn get(&self, hash: Hash, make: impl FnOnce() -> T, size: impl FnOnce(&T) -> usize) -> T {
        let mut new_size = None;
        let result = self.touch(hash);
        let result = result.get_or_init(|| {
            let result = make();
            new_size = Some(ENTRY_SIZE + size(&result));
            result
        });
        if let Some(size) = new_size {
            self.count_in(hash, size);
        }
        result.clone()
    }

    /// The result for the input with this hash, if it was made before.
    pub fn peek(&self, hash: Hash) -> Option<T> {
        let entries = self.lock();
        let entry = entries.iter().find(|entry| entry.hash == hash)?;
        entry.result.get().cloned()
    }

    /// Forgets all results but so many, those that were used last.
    pub fn keep_last(&self, count: usize) {
        let mut entries = self.lock();
        let excess = entries.len().saturating_sub(count);
        entries.drain(..excess);
    }

    /// Forgets a result, so that it is made anew for whoever asks next.
    pub fn forget(&self, hash: Hash) {
        self.lock().retain(|entry| entry.hash != hash);
    }

    /// The cell of an entry, which is now the last one used.
    fn touch(&self, hash: Hash) -> Arc<OnceLock<T>> {
        let mut entries = self.lock();
        let known = entries.iter().position(|entry| entry.hash == hash);
        let entry = match known {
            Some(index) => entries.remove(index),
            None => Entry { hash, size: 0, result: Arc::default() },
        };
        let result = Arc::clone(&entry.result);
        entries.push(entry);
        result
    }

    /// Notes the size of a new result, and forgets the oldest until all fit.
    fn count_in(&self, hash: Hash, size: usize) {
        let mut entries = self.lock();
        if let Some(entry) = entries.iter_mut().find(|entry| entry.hash == hash) {
            entry.size = size;
        }
        let mut total: usize = entries.iter().map(|entry| entry.size).sum();
        entries.retain(|entry| {
            let is_kept = entry.size == 0 || total <= self.capacity;
            if !is_kept {
                total -= entry.size;
            }
            is_kept
        });
    }

    /// A panic while the lock was held leaves at worst a size that is off; nothing to give up for.
    fn lock(&self) -> MutexGuard<'_, Vec<Entry<T>>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
