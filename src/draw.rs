//! Drawing, and reading pictures, in other processes: whatever a file does to its renderer or decoder, it costs that
//! file alone.
//!
//! 1. [`Workers`] start processes as they are needed, hand them drawings and pictures, and let them go.
//! 2. [`work`] is what such a process does.
//!
//! A worker is this program again, as `showcase draw-worker`. It has a socket for its standard input and output. Width
//! and height of an image (0 and 0 for an icon, 0 and its number for the job with a picture), the length of an SVG
//! document and the document go in; whether there is an image, a length, and the image or the reason why there is none
//! come out; numbers in four bytes, little-endian.
//!
//! A worker ends itself where a drawing takes too much processor time, and is ended by the system where it takes too
//! much memory, or by its parent where it says nothing for long. It ends with its parent, too.

use std::fs;
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::process::{self, Child, Command, ExitCode, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Resource, Rlimit, setrlimit};
use rustix::time::{ClockId, clock_gettime};

use crate::assets::{self, ImageFormat};
use crate::media::{self, Job};

/// Of processor time for a drawing; a card takes a hundredth of it.
const PROCESSOR: Duration = Duration::from_secs(2);
/// The same for a picture, of which all sizes in AVIF take a tenth.
const PICTURE_PROCESSOR: Duration = Duration::from_secs(40);
/// Until an answer, on a machine that has much else to do.
const PATIENCE: Duration = Duration::from_secs(30);
const PICTURE_PATIENCE: Duration = Duration::from_mins(4);
/// Bytes for a worker; a card takes a sixth of them.
const MEMORY: u64 = 128 << 20;
/// The same for one that has had a picture: decoded, and what an encoder needs besides.
const PICTURE_MEMORY: u64 = 448 << 20;
/// The jobs, by their numbers from 1 on.
const JOBS: [Job; 3] = [Job::Inspect, Job::AtOnce, Job::Avif];
/// Beside a width: an image with all its colours, or none but SVG.
const FULL: u32 = 1 << 31;
/// A worker that had nothing to do for so long is let go.
const IDLE: Duration = Duration::from_secs(30);
/// What a worker ends with where a drawing takes too long.
const TOO_LONG: i32 = 124;

/// As many workers as draw at once, started when they are needed.
pub struct Workers {
    program: PathBuf,
    idle: Arc<Mutex<Idle>>,
}

/// The workers that wait for their next drawing.
#[derive(Default)]
struct Idle {
    workers: Vec<Worker>,
    /// Whether a thread lets those go that wait for long.
    is_watched: bool,
}

impl Workers {
    /// Those that run this program.
    pub fn new(program: PathBuf) -> Self {
        Self { program, idle: Arc::default() }
    }

    /// The image of an SVG document, or why there is none.
    pub fn draw(&self, svg: &str, format: ImageFormat) -> Result<Vec<u8>, String> {
        let task = match format {
            ImageFormat::Png(width, height) => [width, height],
            ImageFormat::Full(width, height) => [width | FULL, height],
            ImageFormat::Ico => [0, 0],
            ImageFormat::Plain => [FULL, 0],
        };
        self.ask(task, svg.as_bytes(), PATIENCE)
    }

    /// What a job makes of a picture, or why it makes nothing.
    pub fn picture(&self, job: Job, bytes: &[u8]) -> Result<Vec<u8>, String> {
        let number = (1..).zip(JOBS).find(|(_, it)| *it == job);
        let number = number.map_or(0, |(number, _)| number);
        self.ask([0, number], bytes, PICTURE_PATIENCE)
    }

    /// A worker that has drawn before may end for what it did then: only a fresh one tells what this task does to it.
    fn ask(&self, task: [u32; 2], bytes: &[u8], patience: Duration) -> Result<Vec<u8>, String> {
        loop {
            let worker = self.take().map_err(|error| format!("no process to draw in: {error}"));
            let mut worker = worker?;
            match worker.ask(task, bytes, patience) {
                Ok(answer) => {
                    self.give_back(worker);
                    return answer;
                }
                Err(error) => {
                    let is_fresh = worker.idle_since.is_none();
                    match worker.end(&error) {
                        End::Crash(_) if !is_fresh => {}
                        End::Crash(reason) | End::Limit(reason) => return Err(reason),
                    }
                }
            }
        }
    }

    fn take(&self) -> io::Result<Worker> {
        while let Some(mut worker) = lock(&self.idle).workers.pop() {
            // The system may have ended it meanwhile.
            if matches!(worker.process.try_wait(), Ok(None)) {
                return Ok(worker);
            }
        }
        Worker::start(&self.program)
    }

    fn give_back(&self, mut worker: Worker) {
        worker.idle_since = Some(Instant::now());
        let mut idle = lock(&self.idle);
        idle.workers.push(worker);
        if !idle.is_watched {
            idle.is_watched = true;
            let idle = Arc::clone(&self.idle);
            thread::spawn(move || let_go(&idle));
        }
    }
}

/// Ends the workers that have nothing to do, until none is left.
fn let_go(idle: &Mutex<Idle>) {
    loop {
        thread::sleep(IDLE / 2);
        let mut idle = lock(idle);
        idle.workers.retain(|it| it.idle_since.is_some_and(|since| since.elapsed() < IDLE));
        idle.is_watched = !idle.workers.is_empty();
        if !idle.is_watched {
            return;
        }
    }
}

/// A panic while a lock was held leaves at worst a worker too few.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A process that draws, and this end of its socket.
struct Worker {
    process: Child,
    socket: UnixStream,
    /// Since its last answer.
    idle_since: Option<Instant>,
}

/// Why a worker ended, in words.
enum End {
    /// At a limit that this program watches.
    Limit(String),
    /// By itself or by the system, as for want of memory.
    Crash(String),
}

impl Worker {
    fn start(program: &Path) -> io::Result<Self> {
        let (socket, theirs) = UnixStream::pair()?;
        let process = Command::new(program)
            .arg0("showcase")
            .arg("draw-worker")
            .env_clear()
            // The allocator would take a gigabyte of addresses in advance, which count as memory.
            .env("MIMALLOC_DISALLOW_ARENA_ALLOC", "1")
            .stdin(OwnedFd::from(theirs.try_clone()?))
            .stdout(OwnedFd::from(theirs))
            .stderr(Stdio::null())
            .spawn()?;
        Ok(Self { process, socket, idle_since: None })
    }

    /// The answer of the worker; an error where there is none and none will come.
    fn ask(
        &mut self,
        [width, height]: [u32; 2],
        bytes: &[u8],
        patience: Duration,
    ) -> io::Result<Result<Vec<u8>, String>> {
        self.socket.set_read_timeout(Some(patience))?;
        self.socket.set_write_timeout(Some(patience))?;
        let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        let numbers = [width, height, length].map(u32::to_le_bytes);
        self.socket.write_all(numbers.as_flattened())?;
        self.socket.write_all(bytes)?;
        let is_image = number(&mut self.socket)? == 1;
        let answer = read_bytes(&mut self.socket)?;
        Ok(if is_image { Ok(answer) } else { Err(String::from_utf8_lossy(&answer).into_owned()) })
    }

    /// Ends the worker, and says what was the matter.
    fn end(mut self, error: &io::Error) -> End {
        if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) {
            return End::Limit("no answer for too long".to_owned());
        }
        match self.process.wait() {
            Ok(status) if status.code() == Some(TOO_LONG) => {
                End::Limit("it takes too much processor time".to_owned())
            }
            Ok(status) => {
                End::Crash(format!("its process ended, as for want of memory ({status})"))
            }
            Err(error) => End::Crash(error.to_string()),
        }
    }
}

/// No process is left behind, not even as an entry in the system's list.
impl Drop for Worker {
    fn drop(&mut self) {
        // Neither fails but where it is gone already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Draws what its parent sends until that ends.
pub fn work() -> anyhow::Result<ExitCode> {
    // It had better end a worker than its parent.
    let _ = fs::write("/proc/self/oom_score_adj", "1000");
    let mut socket = UnixStream::from(io::stdin().as_fd().try_clone_to_owned()?);
    let limit = watch();
    loop {
        let Ok(width) = number(&mut socket) else {
            return Ok(ExitCode::SUCCESS);
        };
        let (height, bytes) = (number(&mut socket)?, read_bytes(&mut socket)?);
        let job = JOBS.get((height as usize).wrapping_sub(1)).copied();
        let done = if let (0, Some(job)) = (width, job) {
            limit_memory(PICTURE_MEMORY);
            within(&limit, PICTURE_PROCESSOR, || media::work(job, &bytes))
        } else {
            let format = match (width, height) {
                (0, _) => ImageFormat::Ico,
                (FULL, 0) => ImageFormat::Plain,
                (width, height) if width & FULL > 0 => ImageFormat::Full(width ^ FULL, height),
                (width, height) => ImageFormat::Png(width, height),
            };
            let svg = String::from_utf8(bytes)?;
            limit_memory(MEMORY);
            within(&limit, PROCESSOR, || assets::draw(&svg, format))
        };
        let is_image = u32::from(done.is_ok());
        let answer = done.unwrap_or_else(String::into_bytes);
        let numbers = [is_image, u32::try_from(answer.len())?].map(u32::to_le_bytes);
        socket.write_all(numbers.as_flattened())?;
        socket.write_all(&answer)?;
    }
}

/// Where the system has no such limits, that of time remains.
fn limit_memory(bytes: u64) {
    let memory = Rlimit { current: Some(bytes), maximum: Some(PICTURE_MEMORY) };
    let _ = setrlimit(Resource::Data, memory);
}

/// Until when there is processor time for what is being done, if anything is.
type TimeLimit = Arc<Mutex<Option<Duration>>>;

/// Ends the process once a limit of time is passed.
fn watch() -> TimeLimit {
    let limit = TimeLimit::default();
    let watched = Arc::clone(&limit);
    thread::spawn(move || {
        loop {
            thread::sleep(PROCESSOR / 20);
            if lock(&watched).is_some_and(|it| processor_time() > it) {
                process::exit(TOO_LONG);
            }
        }
    });
    limit
}

/// Does what there is to do within a share of processor time. It does so on the one thread that does all: what the memory
/// of each thread that ended has left would come to more than a worker may have.
fn within(
    limit: &TimeLimit,
    share: Duration,
    work: impl FnOnce() -> Result<Vec<u8>, String>,
) -> Result<Vec<u8>, String> {
    *lock(limit) = Some(processor_time() + share);
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    *lock(limit) = None;
    done.unwrap_or_else(|_| Err("the renderer failed on it".to_owned()))
}

/// What this process has had so far.
fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.try_into().unwrap_or_default()
}

fn number(socket: &mut UnixStream) -> io::Result<u32> {
    let mut number = [0; 4];
    socket.read_exact(&mut number)?;
    Ok(u32::from_le_bytes(number))
}

/// A length, and so many bytes.
fn read_bytes(socket: &mut UnixStream) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; number(socket)? as usize];
    socket.read_exact(&mut bytes)?;
    Ok(bytes)
}
