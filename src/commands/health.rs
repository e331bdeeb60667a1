//! `health`: whether a server is ready, for whoever has no other program to ask with, as in an image without a shell.

use std::io::{Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};

use super::print;

/// For each of connecting, asking and every piece of the answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// More than any answer has.
const LARGEST: u64 = 64 << 10;

/// Prints what the server that listens on an address says at `/readyz`: success where that is a 200. All addresses of
/// the machine (`0.0.0.0`, `[::]`) are asked at itself.
pub(crate) fn health(address: &str) -> anyhow::Result<ExitCode> {
    let answer = ask(address).with_context(|| format!("no answer from {address}"))?;
    let Some((head, body)) = answer.split_once("\r\n\r\n") else {
        bail!("{address} answers with something else than HTTP");
    };
    print(&format!("{}\n", body.trim_end()))?;
    let is_ready = head.split(' ').nth(1) == Some("200");
    Ok(ExitCode::from(u8::from(!is_ready)))
}

fn ask(address: &str) -> anyhow::Result<String> {
    let mut addresses = address.to_socket_addrs()?;
    let address = addresses.next().context("it has no address")?;
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let request = format!("GET /readyz HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut answer = String::new();
    stream.take(LARGEST).read_to_string(&mut answer)?;
    Ok(answer)
}
