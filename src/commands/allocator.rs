//! Where the program takes its memory from.

use std::time::Duration;

use commonware_allocator::mimalloc::{Config, MiMalloc, Purge};

/// Gives memory back as soon as it is freed. The system's allocator keeps what a siege of slow clients, or one
/// compression at the highest quality, once took. A huge page would stay whole for one byte in it.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc::new(Config {
    purge: Purge::After(Duration::ZERO),
    transparent_huge_pages: false,
    // Larger ones are mapped, and unmapped when they are freed: the buffers of compressors and of whole files.
    arena_max_object_size: 1 << 20,
    ..Config::DEFAULT
});
