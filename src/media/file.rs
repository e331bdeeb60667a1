//! Files of the content that are never held in memory as a whole.

use std::fmt;
use std::fs;
use std::io;
use std::os::unix::fs::FileExt;
use std::sync::Arc;

use bytes::Bytes;

use crate::cache::Hash;

/// A file that stays on disk. It is known again by its stamp, which changes with every write.
#[derive(Clone)]
pub struct File {
    pub stamp: Stamp,
    open: Arc<dyn Fn() -> io::Result<Contents> + Send + Sync>,
}

/// What tells a state of a file from another: for one on disk, its number, length and times.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Stamp {
    pub length: u64,
    pub identity: [u64; 6],
}

/// An open file, or one that is in memory.
#[derive(Clone, Debug)]
pub enum Contents {
    Disk(Arc<fs::File>, u64),
    Memory(Bytes),
}

impl File {
    pub fn new(
        stamp: Stamp,
        open: impl Fn() -> io::Result<Contents> + Send + Sync + 'static,
    ) -> Self {
        let open = Arc::new(open);
        Self { stamp, open }
    }

    /// Opens it as it was when it was listed; one that has changed meanwhile is not found.
    pub fn open(&self) -> io::Result<Contents> {
        let contents = (self.open)()?;
        if contents.len() == self.stamp.length {
            Ok(contents)
        } else {
            Err(io::ErrorKind::NotFound.into())
        }
    }
}

impl PartialEq for File {
    fn eq(&self, other: &Self) -> bool {
        self.stamp == other.stamp
    }
}

impl fmt::Debug for File {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "File({:?})", self.stamp)
    }
}

impl Contents {
    pub fn len(&self) -> u64 {
        match self {
            Self::Disk(_, length) => *length,
            Self::Memory(bytes) => bytes.len() as u64,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// So many bytes from a place on, fewer at the end.
    pub fn read_at(&self, from: u64, length: usize) -> io::Result<Bytes> {
        let end = self.len().min(from.saturating_add(length as u64));
        let length = usize::try_from(end.saturating_sub(from)).map_err(io::Error::other)?;
        match self {
            Self::Disk(file, _) => {
                let mut buffer = vec![0; length];
                file.read_exact_at(&mut buffer, from)?;
                Ok(buffer.into())
            }
            Self::Memory(bytes) => {
                let from = usize::try_from(end).map_err(io::Error::other)? - length;
                Ok(bytes.slice(from..from + length))
            }
        }
    }

    /// All of it in pieces.
    pub fn pieces(&self) -> impl Iterator<Item = io::Result<Bytes>> {
        const PIECE: usize = 1 << 18;
        let starts = (0..self.len()).step_by(PIECE);
        starts.map(|from| self.read_at(from, PIECE))
    }

    pub fn hash(&self) -> io::Result<Hash> {
        let mut hasher = blake3::Hasher::new();
        for piece in self.pieces() {
            hasher.update(&piece?);
        }
        Ok(hasher.finalize())
    }
}
