//! What is made of pictures: once each, and kept on disk for the owner of the process alone.
//!
//! A file there is known by the hash of the picture and of the recipe, so that nothing is made twice and nothing old is
//! taken for new. What belongs to no picture of the content any more goes. Where nothing can be written, a part is kept
//! in memory.

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, DirBuilder};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::panic::catch_unwind;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::{fmt, thread};

use bytes::Bytes;

use super::file::{Contents, File, Stamp};
use super::kind::Kind;
use super::raster::{self, Job, Raster};
use crate::cache::{self, Cache, Hash};

/// Part of every address: raise it whenever the same picture comes out as other bytes.
const VERSION: &str = "1";
/// Bytes of a picture that are read at all; none that a camera wrote is larger.
const PICTURE_LIMIT: u64 = 64 << 20;
/// Bytes of what is kept in memory where it cannot be kept on disk.
const MEMORY: usize = 64 << 20;
/// Pixels from which on a picture is looked at alone.
const LARGE: usize = 20_000_000;

/// Does a job with the bytes of a file: in another process, where the content is not to be trusted.
pub type Make = dyn Fn(Job, &[u8]) -> Result<Vec<u8>, String> + Send + Sync;

pub struct Store {
    dir: Option<PathBuf>,
    make: Box<Make>,
    /// The hashes of files that were read before.
    hashes: Mutex<HashMap<Stamp, Hash>>,
    rasters: Cache<Result<Raster, String>>,
    made: Cache<Result<Made, String>>,
    /// How many may work at once.
    free: Mutex<usize>,
    freed: Condvar,
    workers: usize,
}

/// The sizes of a picture, from the smallest on.
#[derive(Clone)]
enum Made {
    OnDisk,
    InMemory(Vec<Bytes>),
}

/// A picture of the content, looked through.
#[derive(Clone, Debug, PartialEq)]
pub struct Original {
    pub raster: Raster,
    /// What its sizes are called: of its own name, what addresses and file systems can stand.
    stem: String,
    /// The beginning of the hash of its bytes and of the recipe, in hexadecimal.
    id: String,
    hash: Hash,
    file: File,
}

/// A file as it is served: one of the content, or a size of a picture.
#[derive(Clone)]
pub struct Served {
    store: Arc<Store>,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    File(File),
    Size { of: Arc<Original>, index: usize, is_avif: bool },
}

/// In memory, and in this process: for content that is trusted.
impl Default for Store {
    fn default() -> Self {
        let caught = |job, bytes: &[u8]| {
            let made = catch_unwind(|| raster::work(job, bytes));
            made.unwrap_or_else(|_| Err("the decoder failed on it".to_owned()))
        };
        Self::new(None, Box::new(caught))
    }
}

impl Store {
    /// Keeps what is made in a folder, which is made for nobody but the owner of this process.
    pub fn new(dir: Option<PathBuf>, make: Box<Make>) -> Self {
        let workers = thread::available_parallelism().map_or(2, usize::from).max(2);
        Self {
            dir,
            make,
            hashes: Mutex::default(),
            rasters: Cache::with_capacity(1 << 20),
            made: Cache::with_capacity(MEMORY),
            free: Mutex::new(workers),
            freed: Condvar::new(),
            workers,
        }
    }

    /// Looks a picture through that stands at a path of the content, unless that was done before; or says what is wrong
    /// with it.
    pub fn original(&self, path: &str, file: &File) -> Result<Original, String> {
        if file.stamp.length > PICTURE_LIMIT {
            let (most, length) = (PICTURE_LIMIT >> 20, file.stamp.length >> 20);
            return Err(format!("it has {length} MiB, and {most} are the most"));
        }
        let hash = self.hash(file).map_err(|it| it.to_string())?;
        let id = cache::hash(format!("{VERSION} {hash}").as_bytes());
        let id = id.to_hex()[..16].to_owned();
        let inspect = || {
            let name = format!("{id}.json");
            let kept = self.kept(&name).and_then(|it| fs::read(it).ok());
            if let Some(raster) = kept.and_then(|it| serde_json::from_slice(&it).ok()) {
                return Ok(raster);
            }
            let json = self.work(Job::Inspect, file, hash)?;
            let raster = serde_json::from_slice(&json).map_err(|it| it.to_string())?;
            // It is looked through again where it cannot be kept.
            let _ = self.keep(&name, &json);
            Ok(raster)
        };
        let raster = self.rasters.get(hash, inspect, |_| 0)?;
        let name = path.rsplit('/').next().unwrap_or(path);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let fit = |it: char| if it.is_alphanumeric() { it } else { '-' };
        let stem: String = stem.chars().take(40).map(fit).collect();
        Ok(Original {
            raster,
            stem: stem.trim_matches('-').to_owned(),
            id,
            hash,
            file: file.clone(),
        })
    }

    /// The hash of a file, which is read for it once.
    fn hash(&self, file: &File) -> io::Result<Hash> {
        let known = |it: &Mutex<HashMap<Stamp, Hash>>| {
            it.lock().unwrap_or_else(PoisonError::into_inner).get(&file.stamp).copied()
        };
        if let Some(hash) = known(&self.hashes) {
            return Ok(hash);
        }
        let hash = file.open()?.hash()?;
        let mut hashes = self.hashes.lock().unwrap_or_else(PoisonError::into_inner);
        hashes.insert(file.stamp.clone(), hash);
        Ok(hash)
    }

    /// Forgets and removes what was made of pictures that are not among these.
    pub fn retain<'a>(&self, originals: impl Iterator<Item = &'a Original>) {
        let ids: BTreeSet<&str> = originals.map(|it| it.id.as_str()).collect();
        let entries = self.dir.as_ref().and_then(|it| fs::read_dir(it).ok());
        for entry in entries.into_iter().flatten().flatten() {
            let name = entry.file_name();
            let id = name.to_str().and_then(|it| it.get(..16)).unwrap_or_default();
            if !ids.contains(id) {
                // It may be gone already, or stays until the next time.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// The sizes of a picture that are shown at once, or those in AVIF; made now unless they are there.
    fn sizes(&self, of: &Original, is_avif: bool) -> Result<Made, String> {
        let make = || {
            let names = of.names(is_avif);
            if names.iter().all(|it| self.kept(it).is_some()) {
                return Ok(Made::OnDisk);
            }
            let job = if is_avif { Job::Avif } else { Job::AtOnce };
            let answer = self.work(job, &of.file, of.hash)?;
            let files = parts(answer.into());
            let is_kept = |(name, bytes): (&String, &Bytes)| self.keep(name, bytes).is_ok();
            if names.iter().zip(&files).all(is_kept) {
                return Ok(Made::OnDisk);
            }
            Ok(Made::InMemory(files))
        };
        let size = |made: &Result<Made, String>| match made {
            Ok(Made::InMemory(files)) => files.iter().map(Bytes::len).sum(),
            _ => 0,
        };
        self.made.get(of.key(is_avif), make, size)
    }

    fn work(&self, job: Job, file: &File, hash: Hash) -> Result<Vec<u8>, String> {
        let contents = file.open().map_err(|it| it.to_string())?;
        let length = usize::try_from(contents.len()).unwrap_or(usize::MAX);
        let head = contents.read_at(0, 1 << 16).map_err(|it| it.to_string())?;
        let pixels = imagesize::blob_size(&head).map_or(0, |it| it.width.saturating_mul(it.height));
        let share = if pixels > LARGE { self.workers } else { 1 };
        let _share = self.take(share);
        let bytes = contents.read_at(0, length).map_err(|it| it.to_string())?;
        if cache::hash(&bytes) != hash {
            return Err("it has changed meanwhile".to_owned());
        }
        (self.make)(job, &bytes)
    }

    /// Waits until so many may work.
    fn take(&self, share: usize) -> Share<'_> {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        while *free < share {
            free = self.freed.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
        *free -= share;
        Share { of: self, share }
    }

    /// The place of a file that was kept.
    fn kept(&self, name: &str) -> Option<PathBuf> {
        let place = self.dir.as_ref()?.join(name);
        fs::symlink_metadata(&place).is_ok_and(|it| it.is_file()).then_some(place)
    }

    fn keep(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let dir = self.dir.as_ref().ok_or(io::ErrorKind::NotFound)?;
        if let Err(error) = fs::symlink_metadata(dir)
            && error.kind() == io::ErrorKind::NotFound
        {
            DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
        }
        // Nobody else may have put it there, or write into it.
        let metadata = fs::symlink_metadata(dir)?;
        let is_own = metadata.uid() == rustix::process::geteuid().as_raw();
        if !metadata.is_dir() || !is_own || metadata.mode() & 0o022 != 0 {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        // Whole or not at all, also where two processes make the same.
        let mut file = tempfile::NamedTempFile::new_in(dir)?;
        file.write_all(bytes)?;
        file.persist(dir.join(name)).map(drop).map_err(|it| it.error)
    }
}

/// The right to work at once with others, given back in the end.
struct Share<'a> {
    of: &'a Store,
    share: usize,
}

impl Drop for Share<'_> {
    fn drop(&mut self) {
        *self.of.free.lock().unwrap_or_else(PoisonError::into_inner) += self.share;
        self.of.freed.notify_all();
    }
}

/// The files of an answer, each behind its length.
fn parts(mut answer: Bytes) -> Vec<Bytes> {
    let mut files = Vec::new();
    while let Some(length) = answer.first_chunk() {
        let length = u32::from_le_bytes(*length) as usize;
        let _ = answer.split_to(4);
        files.push(answer.split_to(length.min(answer.len())));
    }
    files
}

impl Original {
    /// The address of the size of a width.
    pub fn address(&self, width: u32, is_avif: bool) -> String {
        let ending = if is_avif { "avif" } else { self.raster.ending() };
        let Self { stem, id, .. } = self;
        match stem.as_str() {
            "" => format!("/assets/picture-{width}-{id}.{ending}"),
            stem => format!("/assets/{stem}-{width}-{id}.{ending}"),
        }
    }

    /// The address of the largest size that is shown at once.
    pub fn largest(&self) -> String {
        let (width, _) = self.raster.sizes().pop().unwrap_or_default();
        self.address(width, false)
    }

    /// All sizes, each with its address.
    pub fn served(self: &Arc<Self>, store: &Arc<Store>) -> impl Iterator<Item = (String, Served)> {
        let kinds = [false, true].into_iter().take(1 + usize::from(self.raster.has_avif()));
        let sizes = kinds.flat_map(|is_avif| {
            let sizes = self.raster.sizes().into_iter().enumerate();
            sizes.map(move |(index, (width, _))| (is_avif, index, width))
        });
        sizes.map(|(is_avif, index, width)| {
            let what = What::Size { of: Arc::clone(self), index, is_avif };
            let store = Arc::clone(store);
            (self.address(width, is_avif), Served { store, what })
        })
    }

    fn names(&self, is_avif: bool) -> Vec<String> {
        let ending = if is_avif { "avif" } else { self.raster.ending() };
        let sizes = self.raster.sizes().into_iter();
        sizes.map(|(width, _)| format!("{}-{width}.{ending}", self.id)).collect()
    }

    fn key(&self, is_avif: bool) -> Hash {
        cache::hash(format!("{} {is_avif}", self.id).as_bytes())
    }

    pub fn kind(&self) -> Kind {
        self.raster.kind
    }
}

impl Served {
    pub fn file(store: &Arc<Store>, file: File) -> Self {
        Self { store: Arc::clone(store), what: What::File(file) }
    }

    /// What tells this state of it from all others, the same on every machine. A file of the content is read for it once.
    pub fn tag(&self) -> io::Result<String> {
        let hash = match &self.what {
            What::File(file) => self.store.hash(file)?,
            What::Size { of, index, is_avif } => {
                cache::hash(format!("{} {is_avif} {index}", of.id).as_bytes())
            }
        };
        Ok(hash.to_hex()[..32].to_owned())
    }

    /// Whether nothing has to be made first.
    pub fn is_ready(&self) -> bool {
        match &self.what {
            What::File(_) => true,
            What::Size { of, is_avif, .. } => {
                let names = of.names(*is_avif);
                self.store.made.peek(of.key(*is_avif)).is_some_and(|it| it.is_ok())
                    || names.iter().all(|it| self.store.kept(it).is_some())
            }
        }
    }

    /// The end of the name of a size.
    pub fn ending(&self) -> &'static str {
        match &self.what {
            What::File(_) => "",
            What::Size { is_avif: true, .. } => "avif",
            What::Size { of, .. } => of.raster.ending(),
        }
    }

    /// What is shown until this is ready, if anything.
    pub fn stand_in(&self) -> Option<Self> {
        let What::Size { of, index, is_avif: true } = &self.what else {
            return None;
        };
        let what = What::Size { of: Arc::clone(of), index: *index, is_avif: false };
        let store = Arc::clone(&self.store);
        Some(Self { store, what })
    }

    /// Opens it; a size is made now unless it is there.
    pub fn open(&self) -> Result<Contents, String> {
        let (of, index, is_avif) = match &self.what {
            What::File(file) => return file.open().map_err(|it| it.to_string()),
            What::Size { of, index, is_avif } => (of, *index, *is_avif),
        };
        let missing = || format!("{} has no such size", of.stem);
        for _ in 0..2 {
            match self.store.sizes(of, is_avif)? {
                Made::InMemory(files) => {
                    let file = files.into_iter().nth(index);
                    return file.map(Contents::Memory).ok_or_else(missing);
                }
                Made::OnDisk => {
                    let names = of.names(is_avif);
                    let place = names.get(index).and_then(|it| self.store.kept(it));
                    if let Some(file) = place.and_then(|it| fs::File::open(it).ok())
                        && let Ok(metadata) = file.metadata()
                    {
                        return Ok(Contents::Disk(Arc::new(file), metadata.len()));
                    }
                    // Somebody has cleared it away.
                    self.store.made.forget(of.key(is_avif));
                }
            }
        }
        Err(missing())
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Store({:?})", self.dir)
    }
}

impl fmt::Debug for Served {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.what.fmt(formatter)
    }
}
