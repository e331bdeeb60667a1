//! A connection that gives up on a peer that stalls.
//!
//! One clock for each connection, in one of three phases: a request comes in, an answer goes out, or nothing is
//! under way. hyper's own limit holds between requests and within a request alike, and it has none for an answer:
//! so a reader who takes a byte a minute would keep a place for ever.
//!
//! The clock is looked at only where the peer keeps us waiting, and the timer is set anew only where it would ring
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

use super::{
    Limits,
    places::{Place, Wait},
};

/// How long, and for how many bytes, a connection is listened to after its last answer. Closing one on which
/// something was not read resets it, and the answer with it (RFC 9112 §9.6).
const LINGER: (Duration, usize) = (Duration::from_secs(1), 1 << 20);

/// A stream whose reads and writes fail when the phase has lasted too long.
pub(super) struct Patient<S> {
    stream: S,
    limits: Limits,
    place: Place,
    phase: Phase,
    /// When the phase is over; `None` while nobody has waited in it.
    end: Option<Instant>,
    /// Rings at the end of the phase or before it, never after it.
    timer: Pin<Box<Sleep>>,
    /// How many bytes were passed over after the last answer.
    passed_over: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Idle,
    Request,
    Answer,
    /// After the last answer.
    Closing,
}

impl<S> Patient<S> {
    /// A new connection is expected to bring a request at once.
    pub(super) fn new(stream: S, limits: Limits, place: Place) -> Self {
        let end = Instant::now() + limits.request;
        place.waits_for(Wait::Request);
        Self {
            stream,
            limits,
            place,
            phase: Phase::Request,
            end: Some(end),
            timer: Box::pin(sleep_until(end)),
            passed_over: 0,
        }
    }

    /// Starts another phase, unless it goes on.
    fn enter(&mut self, phase: Phase) {
        if self.phase != phase {
            self.phase = phase;
            self.end = None;
        }
    }

    /// Fails once the phase is over, and else sees to it that the task wakes up then. Called only where the peer
    /// keeps us waiting.
    fn wait(&mut self, context: &mut Context<'_>) -> io::Result<()> {
        let end = if let Some(end) = self.end {
            end
        } else {
            let (limit, wait) = match self.phase {
                Phase::Idle => (self.limits.idle, Wait::Request),
                Phase::Request => (self.limits.request, Wait::Request),
                Phase::Answer => (self.limits.answer, Wait::Answer),
                Phase::Closing => (LINGER.0, Wait::Request),
            };
            let end = Instant::now() + limit;
            self.end = Some(end);
            self.place.waits_for(wait);
            if end < self.timer.deadline() {
                self.timer.as_mut().reset(end);
            }
            end
        };
        loop {
            if self.timer.as_mut().poll(context).is_pending() {
                return Ok(());
            }
            if end <= self.timer.deadline() {
                return Err(io::ErrorKind::TimedOut.into());
            }
            // It was set in an earlier phase.
            self.timer.as_mut().reset(end);
        }
    }

    /// A write of either kind; the limit holds for the whole answer, however many writes it takes.
    fn write(
        &mut self,
        context: &mut Context<'_>,
        write: impl FnOnce(&mut S, &mut Context<'_>) -> Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if self.phase != Phase::Answer {
            self.enter(Phase::Answer);
            self.place.answered();
        }
        let written = write(&mut self.stream, context);
        if written.is_pending() {
            self.wait(context)?;
        }
        written
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let filled = buffer.filled().len();
        let read = Pin::new(&mut this.stream).poll_read(context, buffer);
        if read.is_pending() {
            this.wait(context)?;
        } else if this.phase == Phase::Idle && buffer.filled().len() > filled {
            this.enter(Phase::Request);
        }
        read
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.get_mut().write(context, |stream, context| {
            Pin::new(stream).poll_write(context, bytes)
        })
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.get_mut().write(context, |stream, context| {
            Pin::new(stream).poll_write_vectored(context, slices)
        })
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// hyper flushes when nothing of the answer is left: the end of the answer.
    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        ready!(Pin::new(&mut this.stream).poll_flush(context))?;
        if this.phase == Phase::Answer {
            this.enter(Phase::Idle);
        }
        Poll::Ready(Ok(()))
    }

    /// Tells the peer that no more comes, and passes over what it still sends.
    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.phase != Phase::Closing {
            ready!(Pin::new(&mut this.stream).poll_shutdown(context))?;
            this.enter(Phase::Closing);
        }
        if this.place.is_told_to_close() {
            return Poll::Ready(Ok(()));
        }
        let mut bytes = [0; 4096];
        while this.passed_over < LINGER.1 {
            let mut buffer = ReadBuf::new(&mut bytes);
            match Pin::new(&mut this.stream).poll_read(context, &mut buffer) {
                Poll::Ready(Ok(())) if !buffer.filled().is_empty() => {
                    this.passed_over += buffer.filled().len();
                }
                Poll::Ready(_) => break,
                // Whoever waits for us to hang up has been told; time is up for the others.
                Poll::Pending if this.wait(context).is_err() => break,
                Poll::Pending => return Poll::Pending,
            }
        }
        Poll::Ready(Ok(()))
    }
}
