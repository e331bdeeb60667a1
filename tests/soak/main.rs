//! A long run: readers read, an editor edits, breaks and mends the content at speed, an operator restarts the
//! server, and no answer may ever be wrong.
//!
//! ```text
//! cargo test --test soak -- [SECONDS] [PROGRAM]
//! ```
//!
//! runs for a minute, or as long as told, with this build of the program or another one. It takes as many edits as
//! fit into the time, and a thousand at least.
//!
//! 1. [`content`] is a folder whose files tell their own state, and what is done to it.
//! 2. [`program`] starts the server on one address, asks it to end, and starts it again.
//! 3. [`client`] asks it, and tells a whole answer from a broken one.
//! 4. [`reader`] checks what is answered against what can be.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

mod client;

mod content;

mod program;

mod reader;

use client::{Client, Reply};
use content::{Editor, Random};
use program::Program;

/// How many read at once.
const READERS: u64 = 20;

/// The run goes on until so many edits were made, even if the time is over.
const EDITS: u64 = 1000;

/// After so many edits the last state is waited for.
const BURST: u64 = 50;

/// After so many bursts the server is restarted.
const RESTART: u64 = 4;

/// For anything that is waited for, on the busiest machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// What everybody in the run shares.
#[derive(Default)]
pub(crate) struct Run {
    /// Whether it is over.
    pub(crate) is_over: AtomicBool,
    /// Goes up when the server is asked to end, and again when the next one is ready: odd in between.
    pub(crate) restarts: AtomicU64,
    /// The newest state of each file that any reader has seen.
    pub(crate) seen: [AtomicU64; content::FILES.len()],
    /// The newest state of each file that has been written, and might be seen.
    pub(crate) written: [AtomicU64; content::FILES.len()],
    /// Whether nobody may be refused even then.
    pub(crate) refuses_nobody: AtomicBool,
    /// Answers that were right.
    pub(crate) answers: AtomicU64,
    /// Requests that were not answered because the server was being restarted.
    pub(crate) turned_away: AtomicU64,
    wrong: Mutex<Vec<String>>,
}

impl Run {
    /// Notes that something is wrong, and ends the run.
    pub(crate) fn fail(&self, what: String) {
        self.is_over.store(true, Ordering::SeqCst);
        self.wrong.lock().expect("no panic").push(what);
    }
}

fn main() {
    // `cargo test` gives options of its own; ours are a number and a path.
    let mut seconds = 60;
    let mut program = env!("CARGO_BIN_EXE_showcase").to_owned();
    for argument in std::env::args().skip(1).filter(|it| !it.starts_with('-')) {
        match argument.parse() {
            Ok(number) => seconds = number,
            Err(_) => program = argument,
        }
    }
    let start = Instant::now();
    let run = Run::default();
    let mut editor = Editor::new();
    let mut server = Program::start(&program, editor.folder());
    let address = server.address().to_owned();
    run.refuses_nobody.store(server.hands_over(), Ordering::SeqCst);
    let way = if server.hands_over() {
        "a socket handed over at each restart"
    } else {
        "no socket handed over"
    };
    println!("soak: {seconds} s, {READERS} readers, {address}, {way}, {program}");
    thread::scope(|scope| {
        for number in 0..READERS {
            let (run, address) = (&run, &address);
            scope.spawn(move || reader::read(run, address, number));
        }
        // Also when the editor panics, or the readers would read for ever.
        let _over = Over(&run);
        let time = Duration::from_secs(seconds);
        if let Err(problem) = edit(&run, &mut editor, &mut server, time) {
            run.fail(problem);
        }
    });
    let wrong = run.wrong.into_inner().expect("no panic");
    let number = |it: &AtomicU64| it.load(Ordering::SeqCst);
    println!(
        "soak: {} s, {} edits ({} broke the content), {} restarts, {} right answers, {} turned away in a restart, {}",
        start.elapsed().as_secs(),
        editor.edits(),
        editor.breaks(),
        number(&run.restarts) / 2,
        number(&run.answers),
        number(&run.turned_away),
        server.memory(),
    );
    if !wrong.is_empty() {
        for problem in &wrong {
            eprintln!("soak: {problem}");
        }
        eprintln!("soak: the server said last:\n{}", server.said());
        std::process::exit(1);
    }
}

/// Ends the run once it goes.
struct Over<'a>(&'a Run);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.is_over.store(true, Ordering::SeqCst);
    }
}

/// Edits until the time is over; at last the last state has to be shown.
fn edit(
    run: &Run,
    editor: &mut Editor,
    server: &mut Program,
    time: Duration,
) -> Result<(), String> {
    let start = Instant::now();
    let mut random = Random::new(1);
    let mut bursts = 0;
    while (start.elapsed() < time || editor.edits() < EDITS) && !run.is_over.load(Ordering::SeqCst)
    {
        for _ in 0..BURST {
            editor.change(run, &mut random);
            thread::sleep(Duration::from_millis(random.below(25)));
        }
        editor.mend();
        bursts += 1;
        if bursts % RESTART == 0 {
            // Whatever was not shown yet is what the next server begins with.
            server.restart(run)?;
        }
        shown(server, editor)?;
        editor.break_it(&mut random);
        kept(server, editor)?;
        editor.mend();
        shown(server, editor)?;
    }
    Ok(())
}

/// Waits until the last state of every file is shown and the server says that all is well.
fn shown(server: &Program, editor: &Editor) -> Result<(), String> {
    let expected = editor.states();
    until("the last state is not shown", || {
        let home = ask(server, "/")?;
        let project = ask(server, "/projects/alpha/")?;
        let ready = ask(server, "/readyz")?;
        let found = [&home, &project].map(|page| content::states(&page.text()));
        let is_shown = found[0].first() == Some(&Some(expected[0]))
            && found[1].get(1) == Some(&Some(expected[1]))
            && content::picture_of(&project.text()).is_some();
        let is_well = ready.status == 200 && ready.text().contains("\"state\":\"ok\"");
        Ok(is_shown && is_well)
    })
}

/// Waits until the server says that the content is broken, and looks whether the last good state is still shown.
fn kept(server: &Program, editor: &Editor) -> Result<(), String> {
    until("the server does not say that the content is broken", || {
        let ready = ask(server, "/readyz")?;
        if ready.status != 200 {
            return Err(format!("/readyz: {}", ready.status));
        }
        Ok(ready.text().contains("\"state\":\"stale\"") && !ready.text().contains("\"problems\":0"))
    })?;
    let home = content::states(&ask(server, "/")?.text());
    if home.first() == Some(&Some(editor.states()[0])) {
        Ok(())
    } else {
        Err(format!("broken content changed what is shown: {home:?}"))
    }
}

fn ask(server: &Program, path: &str) -> Result<Reply, String> {
    Client::new(server.address()).get(path, &[]).map_err(|failure| format!("{path}: {failure}"))
}

fn until(what: &str, mut is_so: impl FnMut() -> Result<bool, String>) -> Result<(), String> {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        if is_so()? {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(10));
    }
    Err(format!("{what} after {PATIENCE:?}"))
}
