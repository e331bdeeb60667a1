//! A connection that gives up on a peer that stalls.
//!
//! One clock for each connection, in one of three phases: a request comes in, an answer goes out, or nothing is
//! under way. hyper's own limit holds between requests and within a request alike, and it has none for an answer:
//! so a reader who takes a byte a minute would keep a place for ever.

use std::{
    io::{self, IoSlice},
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep, sleep},
};

use super::Limits;

/// A stream whose reads and writes fail when the phase has lasted too long.
pub(super) struct Patient<S> {
    stream: S,
    limits: Limits,
    phase: Phase,
    /// The end of the phase.
    end: Pin<Box<Sleep>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Idle,
    Request,
    Answer,
}

impl<S> Patient<S> {
    /// A new connection is expected to bring a request at once.
    pub(super) fn new(stream: S, limits: Limits) -> Self {
        Self {
            stream,
            limits,
            phase: Phase::Request,
            end: Box::pin(sleep(limits.request)),
        }
    }

    /// Starts the clock anew, unless the phase goes on.
    fn enter(&mut self, phase: Phase) {
        if self.phase == phase {
            return;
        }
        self.phase = phase;
        let limit: Duration = match phase {
            Phase::Idle => self.limits.idle,
            Phase::Request => self.limits.request,
            Phase::Answer => self.limits.answer,
        };
        self.end.as_mut().reset(Instant::now() + limit);
    }

    /// Fails once the phase is over, and else sees to it that the task wakes up then.
    fn check(&mut self, context: &mut Context<'_>) -> io::Result<()> {
        match self.end.as_mut().poll(context) {
            Poll::Ready(()) => Err(io::ErrorKind::TimedOut.into()),
            Poll::Pending => Ok(()),
        }
    }

    /// A write of either kind; the limit holds for the whole answer, however many writes it takes.
    fn write(
        &mut self,
        context: &mut Context<'_>,
        write: impl FnOnce(&mut S, &mut Context<'_>) -> Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        self.enter(Phase::Answer);
        self.check(context)?;
        write(&mut self.stream, context)
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
        let read = Pin::new(&mut this.stream).poll_read(context, buffer)?;
        if this.phase == Phase::Idle && buffer.filled().len() > filled {
            this.enter(Phase::Request);
        }
        this.check(context)?;
        read.map(Ok)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
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

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}
