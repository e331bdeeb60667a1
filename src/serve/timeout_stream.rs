//! A connection that ends when its peer stalls.
//!
//! One clock for each connection, in one of four phases: a request comes in, an answer goes out, nothing is under
//! way, or the last answer was given. hyper's own limit holds between requests and within a request alike, and it
//! has none for an answer: a reader who takes a byte a minute would keep a connection for ever.
//!
//! An answer may take as long as it needs while enough of it goes out: a film over a slow line is no stall.
//!
//! The clock is looked at only where the peer keeps us waiting, and the timer is set anew only where it would fire
//! too late: a reader who takes each answer at once costs neither.

use std::{
    io::{self, IoSlice},
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep, sleep_until},
};

use super::Limits;

/// How long a connection is listened to after its last answer, and for how many bytes. Closing one on which
/// something was not read resets it, and the answer with it (RFC 9112 §9.6).
const LINGER: Duration = Duration::from_secs(1);
const LINGER_BYTES: usize = 1 << 20;

/// Bytes a second that an answer goes out at, at the least.
const SLOWEST: u64 = 1 << 10;

/// A stream whose reads and writes fail when a phase has lasted too long.
pub(super) struct TimeoutStream<S> {
    stream: S,
    limits: Limits,
    phase: Phase,
    /// When the phase is over; `None` while the peer has not kept us waiting in it.
    deadline: Option<Instant>,
    /// Fires at the deadline or before it, never after it.
    timer: Pin<Box<Sleep>>,
    /// The last bytes that were read. Requests have no body, so that one is under way unless an empty line ends them.
    tail: [u8; 3],
    /// Bytes of an answer that went out since its clock was set.
    written: u64,
    /// Bytes that were read after the last answer, and not looked at.
    discarded: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Idle,
    Read,
    Write,
    Linger,
}

impl<S> TimeoutStream<S> {
    /// A new connection is expected to bring a request at once.
    pub(super) fn new(stream: S, limits: Limits) -> Self {
        let deadline = Instant::now() + limits.read_timeout;
        Self {
            stream,
            limits,
            phase: Phase::Read,
            deadline: Some(deadline),
            timer: Box::pin(sleep_until(deadline)),
            tail: [0; 3],
            written: 0,
            discarded: 0,
        }
    }

    fn enter(&mut self, phase: Phase) {
        if self.phase != phase {
            self.phase = phase;
            self.deadline = None;
            self.written = 0;
        }
    }

    /// Fails once the phase has lasted too long, and else sees to it that the task wakes up then. Called only where
    /// the peer keeps us waiting.
    fn check_deadline(&mut self, context: &mut Context<'_>) -> io::Result<()> {
        let limit = match self.phase {
            Phase::Idle => self.limits.idle_timeout,
            Phase::Read => self.limits.read_timeout,
            Phase::Write => self.limits.write_timeout,
            Phase::Linger => LINGER,
        };
        let now = Instant::now();
        let enough = u128::from(SLOWEST) * limit.as_millis() / 1000;
        let goes_on = self.phase == Phase::Write && u128::from(self.written) >= enough;
        let deadline = match self.deadline {
            Some(deadline) if deadline > now || !goes_on => deadline,
            // What went out before that is in the system's buffers.
            _ => {
                self.written = 0;
                *self.deadline.insert(now + limit)
            }
        };
        if deadline < self.timer.deadline() {
            self.timer.as_mut().reset(deadline);
        }
        while self.timer.as_mut().poll(context).is_ready() {
            if deadline <= self.timer.deadline() {
                return Err(io::ErrorKind::TimedOut.into());
            }
            // It was set in an earlier phase.
            self.timer.as_mut().reset(deadline);
        }
        Ok(())
    }

    /// A write of either kind.
    fn write(
        &mut self,
        context: &mut Context<'_>,
        write: impl FnOnce(Pin<&mut S>, &mut Context<'_>) -> Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>>
    where
        S: Unpin,
    {
        self.enter(Phase::Write);
        let written = write(Pin::new(&mut self.stream), context);
        match &written {
            Poll::Pending => self.check_deadline(context)?,
            Poll::Ready(Ok(length)) => self.written += *length as u64,
            Poll::Ready(Err(_)) => {}
        }
        written
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for TimeoutStream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let filled = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        if read.is_pending() {
            self.check_deadline(context)?;
            return read;
        }
        let new = &buffer.filled()[filled..];
        let last = &new[new.len().saturating_sub(self.tail.len())..];
        self.tail.rotate_left(last.len());
        let known = self.tail.len() - last.len();
        self.tail[known..].copy_from_slice(last);
        if self.phase == Phase::Idle && !new.is_empty() {
            self.enter(Phase::Read);
        }
        read
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for TimeoutStream<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.write(context, |stream, context| stream.poll_write(context, bytes))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.write(context, |stream, context| stream.poll_write_vectored(context, slices))
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// hyper flushes when nothing of the answer is left: the end of the answer. The beginning of another request may
    /// have come with the one before.
    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(Pin::new(&mut self.stream).poll_flush(context))?;
        if self.phase == Phase::Write {
            let is_whole = self.tail.ends_with(b"\n\n") || self.tail.ends_with(b"\n\r\n");
            self.enter(if is_whole { Phase::Idle } else { Phase::Read });
        }
        Poll::Ready(Ok(()))
    }

    /// Tells the peer that no more comes, and passes over what it still sends. Who was waited for after the last
    /// answer, and sent nothing, has nothing under way that could be lost.
    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.phase != Phase::Linger {
            ready!(Pin::new(&mut this.stream).poll_shutdown(context))?;
            if this.phase == Phase::Idle && this.deadline.is_some() {
                return Poll::Ready(Ok(()));
            }
            this.enter(Phase::Linger);
        }
        let mut bytes = [0; 4096];
        while this.discarded < LINGER_BYTES {
            let mut buffer = ReadBuf::new(&mut bytes);
            match Pin::new(&mut this.stream).poll_read(context, &mut buffer) {
                Poll::Ready(Ok(())) if !buffer.filled().is_empty() => {
                    this.discarded += buffer.filled().len();
                }
                Poll::Ready(_) => break,
                // Whoever waits for us to hang up has been told; time is up for the others.
                Poll::Pending if this.check_deadline(context).is_err() => break,
                Poll::Pending => return Poll::Pending,
            }
        }
        Poll::Ready(Ok(()))
    }
}
